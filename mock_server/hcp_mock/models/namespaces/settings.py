"""Settings of a namespace that are resources of their own.

MAPI reference: customMetadataIndexingSettings, replicationCollisionSettings.
"""

from __future__ import annotations

from ..base import AnyCase, DataType, Days36500, Flag, Text, prop


class CustomMetadataIndexingSettings(DataType):
    contentClasses: list[Text] | None = prop(item="name")
    excludedAnnotations: Text | None = prop()
    fullIndexingEnabled: Flag | None = prop()


class CollisionAction(AnyCase):
    MOVE = "MOVE"
    RENAME = "RENAME"


class ReplicationCollisionSettings(DataType):
    action: CollisionAction | None = prop()
    deleteDays: Days36500 | None = prop()
    deleteEnabled: Flag | None = prop()
