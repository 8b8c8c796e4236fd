from django.db import migrations


class Migration(migrations.Migration):
    """An index for `cms.store.redirects`: the table is Wagtail's, so it can't stand in a model."""

    dependencies = [("home", "0001_initial"), ("wagtailredirects", "0008_add_verbose_name_plural")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX portal_redirect_folded ON wagtailredirects_redirect (LOWER(old_path))",
            "DROP INDEX portal_redirect_folded",
        )
    ]
