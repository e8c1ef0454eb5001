-- Why a run is there is said once and only added to: who started it, and who resumed it, may not vote on what comes of it.
CREATE FUNCTION "causes_grow"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (
		SELECT coalesce(jsonb_agg("listed"."cause" ORDER BY "listed"."place"), '[]'::jsonb)
		FROM jsonb_array_elements(NEW."causes") WITH ORDINALITY AS "listed"("cause", "place")
		WHERE "listed"."place" <= jsonb_array_length(OLD."causes")
	) <> OLD."causes" THEN
		RAISE EXCEPTION 'run % keeps the causes that it has', OLD."id"
			USING ERRCODE = 'check_violation', CONSTRAINT = 'causes_grow', TABLE = 'runs';
	END IF;
	RETURN NEW;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "causes_grow" BEFORE UPDATE OF "causes" ON "runs"
	FOR EACH ROW EXECUTE FUNCTION "causes_grow"();
--> statement-breakpoint
GRANT UPDATE ("causes") ON "runs" TO "ratchet_app";
--> statement-breakpoint
-- As before, and of a run its newest cause too: all of them may be too long for the chain.
CREATE OR REPLACE FUNCTION "audit_change"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
	"row" jsonb := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
	"before" jsonb := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(OLD) ELSE '{}'::jsonb END;
	"columns" text[] := string_to_array(TG_ARGV[3], ',');
	"project" text := "row" ->> TG_ARGV[1];
	"subject" text;
	"details" jsonb;
	"changed" jsonb;
BEGIN
	IF TG_TABLE_NAME = 'votes' THEN
		SELECT "voted"."project" INTO STRICT "project" FROM "approvals" "voted" WHERE "voted"."id" = "row" ->> 'approval';
	ELSIF TG_TABLE_NAME = 'runs' THEN
		"row" := "row" || jsonb_build_object('cause', "row" -> 'causes' -> -1);
	END IF;
	SELECT string_agg(CASE WHEN "row" ? "part" THEN "row" ->> "part" ELSE "part" END, '' ORDER BY "place")
	INTO "subject"
	FROM unnest(string_to_array(TG_ARGV[2], ' ')) WITH ORDINALITY AS "piece"("part", "place");
	SELECT
		jsonb_object_agg("name", "audit_shortened"("row" -> "name")),
		jsonb_object_agg("name", "audit_shortened"("before" -> "name"))
			FILTER (WHERE "before" ? "name" AND "before" -> "name" <> "row" -> "name")
	INTO "details", "changed"
	FROM unnest("columns") AS "column"("name");
	IF "changed" IS NOT NULL THEN
		"details" := "details" || jsonb_build_object('before', "changed");
	END IF;
	PERFORM "audit_write"(TG_ARGV[0], "project", left("subject", 500), "details"::text);
	RETURN NULL;
END;
$$;
--> statement-breakpoint
DROP TRIGGER "audit_run_reopened" ON "runs";
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_run_reopened" AFTER UPDATE ON "runs"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (OLD."round" <> NEW."round")
	EXECUTE FUNCTION "audit_change"('run.reopened', 'project', 'id', 'model,ref,round,cause');
