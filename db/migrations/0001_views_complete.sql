-- A model version names every feature view of its dataset. Asked at commit, when the links have been written.
CREATE FUNCTION "model_version_views_complete"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	missing text;
BEGIN
	SELECT string_agg(format('%s %s', used."view", used."view_version"), ', ' ORDER BY used."view", used."view_version")
	INTO missing
	FROM "dataset_views" used
	WHERE used."project" = NEW."project" AND used."dataset" = NEW."dataset" AND used."version" = NEW."dataset_version"
		AND NOT EXISTS (
			SELECT FROM "model_version_views" named
			WHERE named."project" = NEW."project" AND named."model" = NEW."model" AND named."version" = NEW."version"
				AND named."view" = used."view" AND named."view_version" = used."view_version"
		);
	IF missing IS NOT NULL THEN
		RAISE EXCEPTION 'the version does not name feature views of its dataset: %', missing
			USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'model_version_views_complete', TABLE = 'model_versions';
	END IF;
	RETURN NULL;
END;
$$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "model_version_views_complete" AFTER INSERT ON "model_versions"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "model_version_views_complete"();
