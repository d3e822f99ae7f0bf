"""Run by Alembic, on the connection that ``gallerynet.core.database.migrate`` gives."""

from alembic import context

from gallerynet.core.database.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
