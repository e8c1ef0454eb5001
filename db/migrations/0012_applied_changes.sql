CREATE TABLE "applied_changes" (
	"approval" text PRIMARY KEY NOT NULL,
	"project" text NOT NULL,
	"commit" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "applied_changes_commit" CHECK (commit ~ '^[0-9a-f]{40}$')
);
--> statement-breakpoint
ALTER TABLE "applied_changes" ADD CONSTRAINT "applied_changes_approval" FOREIGN KEY ("approval") REFERENCES "public"."approvals"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- What was put in force before this table stands in the chain.
INSERT INTO "applied_changes" ("approval", "project", "commit", "at")
SELECT "event"."subject", "event"."project", "event"."details"::jsonb ->> 'commit', min("event"."at")
FROM "audit_events" "event" JOIN "approvals" "asked" ON "asked"."id" = "event"."subject"
WHERE "event"."action" = 'change.in-force'
GROUP BY 1, 2, 3 ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- In force is what was approved, and at the time when it was put there.
CREATE FUNCTION "change_is_approved"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (
		SELECT FROM "approvals" "row" WHERE "row"."id" = NEW."approval" AND "row"."status" = 'approved'
			AND "row"."kind" = 'change' AND "row"."project" = NEW."project" AND "row"."subject" = 'change@' || NEW."commit"
	) THEN
		RAISE EXCEPTION '% is not approved as a change of % to %', NEW."approval", NEW."project", NEW."commit"
			USING ERRCODE = 'check_violation', CONSTRAINT = 'change_is_approved', TABLE = 'applied_changes';
	END IF;
	NEW."at" := clock_timestamp();
	RETURN NEW;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "change_is_approved" BEFORE INSERT ON "applied_changes"
	FOR EACH ROW EXECUTE FUNCTION "change_is_approved"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_change_in_force" AFTER INSERT ON "applied_changes"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('change.in-force', 'project', 'approval', 'commit');
--> statement-breakpoint
GRANT SELECT, INSERT ON "applied_changes" TO "ratchet_app";
