CREATE TABLE "incidents" (
	"id" text PRIMARY KEY NOT NULL,
	"project" text NOT NULL,
	"endpoint" text NOT NULL,
	"cause" text NOT NULL,
	"kind" text NOT NULL,
	"model" text NOT NULL,
	"model_version" integer NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"sights" jsonb NOT NULL,
	"quiet_windows" integer NOT NULL,
	"asks_for_run" boolean NOT NULL,
	"course" text NOT NULL,
	"acknowledged_by" text,
	"closed_at" timestamp (3) with time zone,
	"closed_by" text,
	"closed_because" text,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "incidents_kind" CHECK (kind in ('data-skew', 'training-serving-skew', 'harmful-drift', 'concept-drift', 'prior-shift', 'covariate-drift', 'unexplained-loss')),
	CONSTRAINT "incidents_cause" CHECK (length(cause) between 1 and 200),
	CONSTRAINT "incidents_closed" CHECK ((closed_at is null) = (closed_because is null)),
	CONSTRAINT "incidents_closed_by" CHECK (closed_by is null or closed_at is not null)
);
--> statement-breakpoint
CREATE TABLE "judged_windows" (
	"project" text NOT NULL,
	"endpoint" text NOT NULL,
	"line" text NOT NULL,
	"from" timestamp (3) with time zone NOT NULL,
	"to" timestamp (3) with time zone NOT NULL,
	"model" text NOT NULL,
	"model_version" integer NOT NULL,
	"rows" integer NOT NULL,
	"verdict" text NOT NULL,
	"verdicts" jsonb NOT NULL,
	"numbers" jsonb NOT NULL,
	"evidence" jsonb NOT NULL,
	"judged_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "judged_windows_key" PRIMARY KEY("project","endpoint","line","from"),
	CONSTRAINT "judged_windows_line" CHECK (line in ('inputs', 'truth')),
	CONSTRAINT "judged_windows_verdict" CHECK (verdict in ('pass', 'fail', 'inconclusive', 'error')),
	CONSTRAINT "judged_windows_evidence" CHECK (coalesce(length(evidence->>'uri') > 0 and evidence->>'sha256' ~ '^[0-9a-f]{64}$' and jsonb_typeof(evidence->'bytes') = 'number', false)),
	CONSTRAINT "judged_windows_times" CHECK ("to" > "from"),
	CONSTRAINT "judged_windows_rows" CHECK (rows >= 0)
);
--> statement-breakpoint
CREATE TABLE "reference_profiles" (
	"project" text NOT NULL,
	"model" text NOT NULL,
	"version" integer NOT NULL,
	"rule" text NOT NULL,
	"profile" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "reference_profiles_key" PRIMARY KEY("project","model","version","rule"),
	CONSTRAINT "reference_profiles_rule" CHECK (rule ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "reference_profiles_profile" CHECK (coalesce(length(profile->>'uri') > 0 and profile->>'sha256' ~ '^[0-9a-f]{64}$' and jsonb_typeof(profile->'bytes') = 'number', false))
);
--> statement-breakpoint
CREATE TABLE "silences" (
	"id" text PRIMARY KEY NOT NULL,
	"project" text NOT NULL,
	"endpoint" text NOT NULL,
	"kind" text,
	"owner" text NOT NULL,
	"reason" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "silences_kind" CHECK (kind in ('data-skew', 'training-serving-skew', 'harmful-drift', 'concept-drift', 'prior-shift', 'covariate-drift', 'unexplained-loss')),
	CONSTRAINT "silences_owner" CHECK (length(owner) between 1 and 200)
);
--> statement-breakpoint
CREATE TABLE "watches" (
	"project" text NOT NULL,
	"endpoint" text NOT NULL,
	"config" jsonb NOT NULL,
	"commit" text NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "watches_key" PRIMARY KEY("project","endpoint"),
	CONSTRAINT "watches_commit" CHECK (commit ~ '^[0-9a-f]{40}$')
);
--> statement-breakpoint
ALTER TABLE "predictions" ADD COLUMN "event_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_watch" FOREIGN KEY ("project","endpoint") REFERENCES "public"."watches"("project","endpoint") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "judged_windows" ADD CONSTRAINT "judged_windows_watch" FOREIGN KEY ("project","endpoint") REFERENCES "public"."watches"("project","endpoint") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "judged_windows" ADD CONSTRAINT "judged_windows_version" FOREIGN KEY ("project","model","model_version") REFERENCES "public"."model_versions"("project","model","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_profiles" ADD CONSTRAINT "reference_profiles_version" FOREIGN KEY ("project","model","version") REFERENCES "public"."model_versions"("project","model","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silences" ADD CONSTRAINT "silences_watch" FOREIGN KEY ("project","endpoint") REFERENCES "public"."watches"("project","endpoint") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watches" ADD CONSTRAINT "watches_endpoint" FOREIGN KEY ("project","endpoint") REFERENCES "public"."endpoints"("project","endpoint") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_one_open" ON "incidents" USING btree ("project","endpoint","cause") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "incidents_newest" ON "incidents" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "silences_of_endpoint" ON "silences" USING btree ("project","endpoint","until");--> statement-breakpoint
CREATE INDEX "predictions_by_event" ON "predictions" USING btree ("served",(coalesce(event_at, at)));
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_watch_declared" AFTER INSERT ON "watches"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('watch.declared', 'project', 'endpoint', 'commit,config');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_watch_changed" AFTER UPDATE ON "watches"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (OLD."config" IS DISTINCT FROM NEW."config")
	EXECUTE FUNCTION "audit_change"('watch.changed', 'project', 'endpoint', 'commit,config');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_incident_opened" AFTER INSERT ON "incidents"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('incident.opened', 'project', 'id', 'endpoint,cause,kind,model,model_version,opened_at');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_incident_graver" AFTER UPDATE ON "incidents"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."asks_for_run" IS DISTINCT FROM NEW."asks_for_run")
	EXECUTE FUNCTION "audit_change"('incident.changed', 'project', 'id', 'endpoint,kind,asks_for_run,course');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_incident_acknowledged" AFTER UPDATE ON "incidents"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (OLD."acknowledged_by" IS DISTINCT FROM NEW."acknowledged_by")
	EXECUTE FUNCTION "audit_change"('incident.acknowledged', 'project', 'id', 'endpoint,acknowledged_by');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_incident_closed" AFTER UPDATE ON "incidents"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (OLD."closed_at" IS NULL AND NEW."closed_at" IS NOT NULL)
	EXECUTE FUNCTION "audit_change"('incident.closed', 'project', 'id', 'endpoint,kind,closed_by,closed_because');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_silence_set" AFTER INSERT ON "silences"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('silence.set', 'project', 'id', 'endpoint,kind,owner,reason,until');
--> statement-breakpoint
GRANT SELECT, INSERT ON "watches", "reference_profiles", "judged_windows", "incidents", "silences" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("config", "commit", "updated_at") ON "watches" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("kind", "sights", "quiet_windows", "asks_for_run", "course", "acknowledged_by", "closed_at", "closed_by", "closed_because") ON "incidents" TO "ratchet_app";
