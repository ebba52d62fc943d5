"""Records of one human are found by keys with an index: the mailbox, the end of the phone number, links.

The mailboxes are those of ``knowledge/pipeline/contacts.yaml``; a test holds the two to each other.
"""

from django.db import migrations

FUNCTIONS = r"""
CREATE FUNCTION pipeline_email_key(address text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN a.local IS NULL OR a.local = '' OR a.domain = '' THEN ''
        WHEN a.domain IN ('gmail.com', 'googlemail.com')
            THEN coalesce(nullif(replace(t.local, '.', ''), ''), t.local) || '@gmail.com'
        WHEN a.domain IN ('outlook.com', 'hotmail.com', 'live.com', 'fastmail.com') THEN t.local || '@' || a.domain
        WHEN a.domain IN ('proton.me', 'protonmail.com', 'pm.me') THEN t.local || '@proton.me'
        WHEN a.domain IN ('icloud.com', 'me.com', 'mac.com') THEN t.local || '@icloud.com'
        ELSE a.local || '@' || a.domain
    END
    FROM (
        SELECT substring(lower(btrim(address)) FROM '^(.*)@[^@]*$') AS local,
               substring(lower(btrim(address)) FROM '@([^@]*)$') AS domain
    ) AS a, LATERAL (SELECT coalesce(nullif(split_part(a.local, '+', 1), ''), a.local) AS local) AS t
$$;
CREATE FUNCTION pipeline_phone_key(phone text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN length(d.digits) >= 7 THEN right(d.digits, 9) ELSE '' END
    FROM (SELECT regexp_replace(phone, '[^0-9]', '', 'g') AS digits) AS d
$$;
CREATE INDEX person_by_mailbox ON pipeline_person (pipeline_email_key(email))
    WHERE email <> '' AND merged_into_id IS NULL AND walled_by_id IS NULL;
CREATE INDEX person_by_phone ON pipeline_person (pipeline_phone_key(phone))
    WHERE phone <> '' AND merged_into_id IS NULL AND walled_by_id IS NULL;
CREATE INDEX person_by_link ON pipeline_person USING gin (links)
    WHERE merged_into_id IS NULL AND walled_by_id IS NULL;
"""
BACK = """
DROP INDEX person_by_link;
DROP INDEX person_by_phone;
DROP INDEX person_by_mailbox;
DROP FUNCTION pipeline_phone_key(text);
DROP FUNCTION pipeline_email_key(text);
"""


class Migration(migrations.Migration):
    """Adds the functions and the indexes that rest on them."""

    dependencies = [("pipeline", "0004_work_and_merging")]

    operations = [migrations.RunSQL(sql=FUNCTIONS, reverse_sql=BACK)]
