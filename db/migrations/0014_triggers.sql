CREATE TABLE "deliveries" (
	"project" text NOT NULL,
	"id" text NOT NULL,
	"form" text NOT NULL,
	"content" jsonb NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"repeats" integer DEFAULT 0 NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"result" text,
	"handled_at" timestamp (3) with time zone,
	CONSTRAINT "deliveries_key" PRIMARY KEY("project","id"),
	CONSTRAINT "deliveries_id" CHECK (length(id) between 1 and 200),
	CONSTRAINT "deliveries_form" CHECK (form in ('github', 'gitlab', 'gitea', 'bitbucket', 'standard-webhooks', 'cloudevents')),
	CONSTRAINT "deliveries_status" CHECK (status in ('pending', 'handled', 'ignored')),
	CONSTRAINT "deliveries_size" CHECK (octet_length(content::text) <= 65536),
	CONSTRAINT "deliveries_handled" CHECK ((status = 'pending') = (handled_at is null))
);
--> statement-breakpoint
CREATE TABLE "letter_attempts" (
	"letter" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"ms" integer NOT NULL,
	"error" text,
	CONSTRAINT "letter_attempts_key" PRIMARY KEY("letter","at")
);
--> statement-breakpoint
CREATE TABLE "letters" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "letters_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project" text NOT NULL,
	"model" text,
	"target" text NOT NULL,
	"key" text NOT NULL,
	"notice" jsonb NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"next_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"delivered_at" timestamp (3) with time zone,
	CONSTRAINT "letters_once" UNIQUE("project","target","key"),
	CONSTRAINT "letters_target" CHECK (length(target) between 1 and 200),
	CONSTRAINT "letters_key" CHECK (length(key) between 1 and 300),
	CONSTRAINT "letters_status" CHECK (status in ('pending', 'delivered', 'dead')),
	CONSTRAINT "letters_delivered" CHECK ((status = 'delivered') = (delivered_at is not null))
);
--> statement-breakpoint
CREATE TABLE "model_holds" (
	"project" text NOT NULL,
	"model" text NOT NULL,
	"by" text NOT NULL,
	"reason" text NOT NULL,
	"since" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "model_holds_key" PRIMARY KEY("project","model"),
	CONSTRAINT "model_holds_by" CHECK (length(by) between 1 and 200)
);
--> statement-breakpoint
CREATE TABLE "vetoes" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "vetoes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project" text NOT NULL,
	"model" text NOT NULL,
	"by" text NOT NULL,
	"reason" text NOT NULL,
	"events" integer NOT NULL,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "vetoes_key" PRIMARY KEY("id"),
	CONSTRAINT "vetoes_by" CHECK (length(by) between 1 and 200)
);
--> statement-breakpoint
CREATE TABLE "model_lines" (
	"project" text NOT NULL,
	"model" text NOT NULL,
	"path" text NOT NULL,
	"commit" text NOT NULL,
	"owner" text,
	"triggers" jsonb NOT NULL,
	"parts" jsonb NOT NULL,
	CONSTRAINT "model_lines_key" PRIMARY KEY("project","model"),
	CONSTRAINT "model_lines_commit" CHECK (commit ~ '^[0-9a-f]{40}$')
);
--> statement-breakpoint
CREATE TABLE "tracked_refs" (
	"project" text NOT NULL,
	"ref" text NOT NULL,
	"commit" text,
	"handled_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "tracked_refs_key" PRIMARY KEY("project","ref"),
	CONSTRAINT "tracked_refs_ref" CHECK (length(ref) between 1 and 300),
	CONSTRAINT "tracked_refs_commit" CHECK (commit ~ '^[0-9a-f]{40}$')
);
--> statement-breakpoint
CREATE TABLE "watermarks" (
	"project" text NOT NULL,
	"model" text NOT NULL,
	"name" text NOT NULL,
	"value" text NOT NULL,
	"in_lateness" integer NOT NULL,
	"dataset" text NOT NULL,
	"confirmed_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "watermarks_key" PRIMARY KEY("project","model","name"),
	CONSTRAINT "watermarks_value" CHECK (length(value) between 1 and 1024)
);
--> statement-breakpoint
CREATE TABLE "trigger_events" (
	"id" text PRIMARY KEY NOT NULL,
	"project" text NOT NULL,
	"model" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"by" text,
	"at" timestamp (3) with time zone NOT NULL,
	"facts" jsonb NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"repeats" integer DEFAULT 0 NOT NULL,
	"proposed_at" timestamp (3) with time zone,
	"outcome" text,
	"run_id" text,
	"rule" text,
	"reason" text,
	"veto" bigint,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "trigger_events_once" UNIQUE("project","model","key"),
	CONSTRAINT "trigger_events_model" CHECK (length(model) between 1 and 200),
	CONSTRAINT "trigger_events_key" CHECK (length(key) between 1 and 300),
	CONSTRAINT "trigger_events_size" CHECK (octet_length(facts::text) <= 65536),
	CONSTRAINT "trigger_events_kind" CHECK (kind in ('push', 'schedule', 'new-data', 'monitoring', 'event', 'promotion', 'manual')),
	CONSTRAINT "trigger_events_outcome" CHECK (outcome in ('started', 'merged', 'suppressed')),
	CONSTRAINT "trigger_events_rule" CHECK (rule in ('turned-off', 'filter', 'cool-down', 'budget', 'veto', 'held', 'no-such-time', 'superseded', 'no-pipeline')),
	CONSTRAINT "trigger_events_settled" CHECK ((outcome is null) = (settled_at is null)),
	CONSTRAINT "trigger_events_ran" CHECK ((run_id is not null) = (coalesce(outcome, 'suppressed') <> 'suppressed')),
	CONSTRAINT "trigger_events_why" CHECK ((rule is null) = (reason is null) and (rule is not null) = (outcome is not distinct from 'suppressed')),
	CONSTRAINT "trigger_events_vetoed" CHECK ((veto is not null) = (rule is not distinct from 'veto'))
);
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "automatic" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letter_attempts" ADD CONSTRAINT "letter_attempts_letter" FOREIGN KEY ("letter") REFERENCES "public"."letters"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_holds" ADD CONSTRAINT "model_holds_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vetoes" ADD CONSTRAINT "vetoes_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_lines" ADD CONSTRAINT "model_lines_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tracked_refs" ADD CONSTRAINT "tracked_refs_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watermarks" ADD CONSTRAINT "watermarks_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trigger_events" ADD CONSTRAINT "trigger_events_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trigger_events" ADD CONSTRAINT "trigger_events_run" FOREIGN KEY ("project","model","run_id") REFERENCES "public"."runs"("project","model","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trigger_events" ADD CONSTRAINT "trigger_events_veto" FOREIGN KEY ("veto") REFERENCES "public"."vetoes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_pending" ON "deliveries" USING btree ("received_at","id") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "deliveries_newest_of_project" ON "deliveries" USING btree ("project","received_at","id");--> statement-breakpoint
CREATE INDEX "deliveries_oldest" ON "deliveries" USING btree ("handled_at") WHERE status <> 'pending';--> statement-breakpoint
CREATE INDEX "letters_pending" ON "letters" USING btree ("project","target","model","seq") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "letters_newest" ON "letters" USING btree ("seq");--> statement-breakpoint
CREATE INDEX "letters_newest_of_project" ON "letters" USING btree ("project","seq");--> statement-breakpoint
CREATE INDEX "trigger_events_pending" ON "trigger_events" USING btree ("project","model","received_at","id") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "trigger_events_newest" ON "trigger_events" USING btree ("received_at","id");--> statement-breakpoint
CREATE INDEX "trigger_events_newest_of_project" ON "trigger_events" USING btree ("project","received_at","id");--> statement-breakpoint
CREATE INDEX "trigger_events_newest_of_model" ON "trigger_events" USING btree ("project","model","received_at","id");--> statement-breakpoint
CREATE INDEX "trigger_events_of_run" ON "trigger_events" USING btree ("run_id","received_at","id") WHERE run_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "trigger_events_starts" ON "trigger_events" USING btree ("run_id") WHERE outcome = 'started';--> statement-breakpoint
CREATE INDEX "runs_automatic" ON "runs" USING btree ("project","model","created_at") WHERE automatic;