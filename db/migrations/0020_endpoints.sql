CREATE TABLE "endpoints" (
	"project" text NOT NULL,
	"endpoint" text NOT NULL,
	"model" text NOT NULL,
	"config" jsonb NOT NULL,
	"commit" text NOT NULL,
	"scaled_to" integer,
	"retired_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "endpoints_key" PRIMARY KEY("project","endpoint"),
	CONSTRAINT "endpoints_name" CHECK (length(endpoint) between 1 and 200),
	CONSTRAINT "endpoints_model" CHECK (length(model) between 1 and 200),
	CONSTRAINT "endpoints_commit" CHECK (commit ~ '^[0-9a-f]{40}$'),
	CONSTRAINT "endpoints_scaled_to" CHECK (scaled_to between 1 and 32)
);
--> statement-breakpoint
CREATE TABLE "release_logs" (
	"release_id" text NOT NULL,
	"step" text NOT NULL,
	"log" jsonb NOT NULL,
	CONSTRAINT "release_logs_key" PRIMARY KEY("release_id","step"),
	CONSTRAINT "release_logs_log" CHECK (coalesce(length(log->>'uri') > 0 and log->>'sha256' ~ '^[0-9a-f]{64}$' and jsonb_typeof(log->'bytes') = 'number', false))
);
--> statement-breakpoint
CREATE TABLE "release_refusals" (
	"release_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"what" text NOT NULL,
	"rule" text NOT NULL,
	"actual" text NOT NULL,
	"limit" text NOT NULL,
	CONSTRAINT "release_refusals_key" PRIMARY KEY("release_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "release_results" (
	"release_id" text NOT NULL,
	"name" text NOT NULL,
	"fence" integer NOT NULL,
	"inputs" jsonb NOT NULL,
	"result" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "release_results_key" PRIMARY KEY("release_id","name","fence")
);
--> statement-breakpoint
CREATE TABLE "release_steps" (
	"release_id" text NOT NULL,
	"name" text NOT NULL,
	"ordinal" bigint GENERATED ALWAYS AS IDENTITY (sequence name "release_steps_ordinal_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"fence" integer NOT NULL,
	"status" text NOT NULL,
	"attempt" integer NOT NULL,
	"scheduled_at" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"inputs" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"reason" text,
	"progress" text,
	"waiting" jsonb,
	"worker" text,
	CONSTRAINT "release_steps_key" PRIMARY KEY("release_id","name"),
	CONSTRAINT "release_steps_name" CHECK (length(name) between 1 and 200),
	CONSTRAINT "release_steps_status" CHECK (status in ('running', 'waiting', 'succeeded', 'refused', 'failed', 'cancelled', 'skipped', 'reused'))
);
--> statement-breakpoint
CREATE TABLE "releases" (
	"id" text PRIMARY KEY NOT NULL,
	"ordinal" bigint GENERATED ALWAYS AS IDENTITY (sequence name "releases_ordinal_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project" text NOT NULL,
	"endpoint" text NOT NULL,
	"kind" text NOT NULL,
	"model" text NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"causes" jsonb NOT NULL,
	"commit" text,
	"model_version" integer,
	"round" integer DEFAULT 0 NOT NULL,
	"in_turn" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "releases_of_endpoint" UNIQUE("project","endpoint","id"),
	CONSTRAINT "releases_id" CHECK (length(id) between 1 and 200),
	CONSTRAINT "releases_commit" CHECK (commit ~ '^[0-9a-f]{40}$'),
	CONSTRAINT "releases_kind" CHECK (kind in ('deploy', 'rollback', 'scale')),
	CONSTRAINT "releases_status" CHECK (status in ('running', 'waiting', 'succeeded', 'refused', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "revisions" (
	"project" text NOT NULL,
	"endpoint" text NOT NULL,
	"revision" text NOT NULL,
	"ordinal" integer NOT NULL,
	"release_id" text NOT NULL,
	"wanted" jsonb NOT NULL,
	"application_commit" text,
	"model" text NOT NULL,
	"model_version" integer NOT NULL,
	"model_digest" text NOT NULL,
	"image_digest" text,
	"at" jsonb NOT NULL,
	"from" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone,
	CONSTRAINT "revisions_key" PRIMARY KEY("project","endpoint","revision"),
	CONSTRAINT "revisions_ordinal" UNIQUE("project","endpoint","ordinal"),
	CONSTRAINT "revisions_application_commit" CHECK (application_commit ~ '^[0-9a-f]{40}$'),
	CONSTRAINT "revisions_model_digest" CHECK (model_digest ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "revisions_times" CHECK (until >= "from"),
	CONSTRAINT "revisions_image_digest" CHECK (image_digest ~ '^sha256:[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "wanted_revisions" (
	"project" text NOT NULL,
	"endpoint" text NOT NULL,
	"ordinal" integer NOT NULL,
	"revision" text NOT NULL,
	"release_id" text NOT NULL,
	"wanted" jsonb NOT NULL,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "wanted_revisions_key" PRIMARY KEY("project","endpoint","ordinal"),
	CONSTRAINT "wanted_revisions_ordinal" CHECK (ordinal > 0)
);
--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_logs" ADD CONSTRAINT "release_logs_release" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_refusals" ADD CONSTRAINT "release_refusals_release" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_results" ADD CONSTRAINT "release_results_step" FOREIGN KEY ("release_id","name") REFERENCES "public"."release_steps"("release_id","name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_steps" ADD CONSTRAINT "release_steps_release" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "releases" ADD CONSTRAINT "releases_endpoint" FOREIGN KEY ("project","endpoint") REFERENCES "public"."endpoints"("project","endpoint") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "releases" ADD CONSTRAINT "releases_model_version" FOREIGN KEY ("project","model","model_version") REFERENCES "public"."model_versions"("project","model","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_release" FOREIGN KEY ("project","endpoint","release_id") REFERENCES "public"."releases"("project","endpoint","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_model_version" FOREIGN KEY ("project","model","model_version") REFERENCES "public"."model_versions"("project","model","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wanted_revisions" ADD CONSTRAINT "wanted_revisions_release" FOREIGN KEY ("project","endpoint","release_id") REFERENCES "public"."releases"("project","endpoint","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "endpoints_of_model" ON "endpoints" USING btree ("project","model") WHERE retired_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "releases_one_in_flight" ON "releases" USING btree ("project","endpoint") WHERE in_turn and status in ('running', 'waiting');--> statement-breakpoint
CREATE INDEX "releases_newest" ON "releases" USING btree ("ordinal");--> statement-breakpoint
CREATE INDEX "releases_newest_of_endpoint" ON "releases" USING btree ("project","endpoint","ordinal");--> statement-breakpoint
CREATE INDEX "releases_open" ON "releases" USING btree ("ordinal") WHERE status in ('running', 'waiting');--> statement-breakpoint
CREATE UNIQUE INDEX "revisions_one_live" ON "revisions" USING btree ("project","endpoint") WHERE until is null;
--> statement-breakpoint
-- A revision answers after the one before has ended, and ends once: "what was live at T" has one answer.
CREATE FUNCTION "revisions_in_order"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		PERFORM FROM "endpoints" WHERE "project" = NEW."project" AND "endpoint" = NEW."endpoint" FOR NO KEY UPDATE;
		IF EXISTS (
			SELECT FROM "revisions" "other"
			WHERE "other"."project" = NEW."project" AND "other"."endpoint" = NEW."endpoint"
				AND ("other"."ordinal" >= NEW."ordinal" OR coalesce("other"."until", 'infinity') > NEW."from")
		) THEN
			RAISE EXCEPTION 'revision % of % begins before another has ended', NEW."ordinal", NEW."endpoint"
				USING ERRCODE = 'check_violation', CONSTRAINT = 'revisions_in_order', TABLE = 'revisions';
		END IF;
	ELSIF OLD."until" IS NOT NULL THEN
		RAISE EXCEPTION 'revision % of % has ended, at %', OLD."ordinal", OLD."endpoint", OLD."until"
			USING ERRCODE = 'check_violation', CONSTRAINT = 'revisions_end_once', TABLE = 'revisions';
	END IF;
	RETURN NEW;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "revisions_in_order" BEFORE INSERT OR UPDATE ON "revisions"
	FOR EACH ROW EXECUTE FUNCTION "revisions_in_order"();
--> statement-breakpoint
-- A newer ordinal only: what is wanted is never taken back, and is always what was asked for last.
CREATE FUNCTION "wanted_revisions_in_order"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM FROM "endpoints" WHERE "project" = NEW."project" AND "endpoint" = NEW."endpoint" FOR NO KEY UPDATE;
	IF EXISTS (
		SELECT FROM "wanted_revisions" "other"
		WHERE "other"."project" = NEW."project" AND "other"."endpoint" = NEW."endpoint"
			AND "other"."ordinal" >= NEW."ordinal"
	) THEN
		RAISE EXCEPTION 'revision % of % is not the newest', NEW."ordinal", NEW."endpoint"
			USING ERRCODE = 'check_violation', CONSTRAINT = 'wanted_revisions_in_order', TABLE = 'wanted_revisions';
	END IF;
	RETURN NEW;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "wanted_revisions_in_order" BEFORE INSERT ON "wanted_revisions"
	FOR EACH ROW EXECUTE FUNCTION "wanted_revisions_in_order"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_endpoint_declared" AFTER INSERT ON "endpoints"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('endpoint.declared', 'project', 'endpoint', 'model,commit,config');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_endpoint_changed" AFTER UPDATE ON "endpoints"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN ((OLD."model", OLD."commit", OLD."config") IS DISTINCT FROM (NEW."model", NEW."commit", NEW."config")
		OR OLD."retired_at" IS NOT NULL AND NEW."retired_at" IS NULL)
	EXECUTE FUNCTION "audit_change"('endpoint.changed', 'project', 'endpoint', 'model,commit,config');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_endpoint_retired" AFTER UPDATE ON "endpoints"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (OLD."retired_at" IS NULL AND NEW."retired_at" IS NOT NULL)
	EXECUTE FUNCTION "audit_change"('endpoint.retired', 'project', 'endpoint', 'model,commit');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_endpoint_scaled" AFTER UPDATE ON "endpoints"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (OLD."scaled_to" IS DISTINCT FROM NEW."scaled_to")
	EXECUTE FUNCTION "audit_change"('endpoint.scaled', 'project', 'endpoint', 'scaled_to');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_release_created" AFTER INSERT ON "releases"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('release.created', 'project', 'id', 'endpoint,kind,model,causes');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_release_ended" AFTER UPDATE ON "releases"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (OLD."ended_at" IS NULL AND NEW."ended_at" IS NOT NULL)
	EXECUTE FUNCTION "audit_change"('release.ended', 'project', 'id', 'endpoint,kind,status,reason,commit,model_version');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_revision_wanted" AFTER INSERT ON "wanted_revisions"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('revision.wanted', 'project', 'endpoint', 'revision,ordinal,release_id');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_revision_live" AFTER INSERT ON "revisions"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('revision.live', 'project', 'endpoint', 'revision,ordinal,release_id,model,model_version,model_digest,application_commit,image_digest,from');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_revision_ended" AFTER UPDATE ON "revisions"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('revision.ended', 'project', 'endpoint', 'revision,ordinal,until');
--> statement-breakpoint
GRANT SELECT, INSERT ON "endpoints", "releases", "wanted_revisions", "revisions", "release_steps", "release_results", "release_logs", "release_refusals" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("model", "config", "commit", "scaled_to", "retired_at", "updated_at") ON "endpoints" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("commit", "model_version", "status", "reason", "round", "in_turn", "ended_at") ON "releases" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("until") ON "revisions" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ON "release_steps", "release_logs", "release_refusals" TO "ratchet_app";
--> statement-breakpoint
GRANT DELETE ON "release_refusals" TO "ratchet_app";
