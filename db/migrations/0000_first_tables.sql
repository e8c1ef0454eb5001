CREATE TABLE "dataset_tags" (
	"project" text NOT NULL,
	"name" text NOT NULL,
	"tag" text NOT NULL,
	"version" integer NOT NULL,
	"where" text,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "dataset_tags_key" PRIMARY KEY("project","name","tag"),
	CONSTRAINT "dataset_tags_tag" CHECK (tag ~ '^[A-Za-z][A-Za-z0-9._-]{0,62}$')
);
--> statement-breakpoint
CREATE TABLE "dataset_versions" (
	"project" text NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"digest" text NOT NULL,
	"key" text NOT NULL,
	"rows" bigint NOT NULL,
	"quarantined" bigint NOT NULL,
	"commit" text NOT NULL,
	"manifest" jsonb NOT NULL,
	"run_id" text,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "dataset_versions_key" PRIMARY KEY("project","name","version"),
	CONSTRAINT "dataset_versions_key_once" UNIQUE("project","name","key"),
	CONSTRAINT "dataset_versions_with_digest" UNIQUE("project","name","version","digest"),
	CONSTRAINT "dataset_versions_name" CHECK (length(name) between 1 and 200),
	CONSTRAINT "dataset_versions_digest" CHECK (digest ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "dataset_versions_key_digest" CHECK ("key" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "dataset_versions_commit" CHECK (commit ~ '^[0-9a-f]{40}$'),
	CONSTRAINT "dataset_versions_manifest" CHECK (coalesce(length(manifest->>'uri') > 0 and manifest->>'sha256' ~ '^[0-9a-f]{64}$' and jsonb_typeof(manifest->'bytes') = 'number', false))
);
--> statement-breakpoint
CREATE TABLE "dataset_views" (
	"project" text NOT NULL,
	"dataset" text NOT NULL,
	"version" integer NOT NULL,
	"view" text NOT NULL,
	"view_version" integer NOT NULL,
	CONSTRAINT "dataset_views_key" PRIMARY KEY("project","dataset","version","view","view_version")
);
--> statement-breakpoint
CREATE TABLE "evaluations" (
	"id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"model_digest" text NOT NULL,
	"dataset_digest" text NOT NULL,
	"report" jsonb NOT NULL,
	"metrics" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "evaluations_with_subject" UNIQUE("id","run_id","model_digest","dataset_digest"),
	CONSTRAINT "evaluations_id" CHECK (length(id) between 1 and 200),
	CONSTRAINT "evaluations_model_digest" CHECK (model_digest ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "evaluations_dataset_digest" CHECK (dataset_digest ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "evaluations_report" CHECK (coalesce(length(report->>'uri') > 0 and report->>'sha256' ~ '^[0-9a-f]{64}$' and jsonb_typeof(report->'bytes') = 'number', false)),
	CONSTRAINT "evaluations_metrics" CHECK (jsonb_typeof(metrics) = 'object')
);
--> statement-breakpoint
CREATE TABLE "test_looks" (
	"project" text NOT NULL,
	"model" text NOT NULL,
	"dataset_digest" text NOT NULL,
	"evaluation_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "test_looks_key" PRIMARY KEY("project","model","dataset_digest","evaluation_id"),
	CONSTRAINT "test_looks_evaluation" CHECK (length(evaluation_id) between 1 and 200),
	CONSTRAINT "test_looks_dataset_digest" CHECK (dataset_digest ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "feature_vectors" (
	"key" text PRIMARY KEY NOT NULL,
	"project" text NOT NULL,
	"view" text NOT NULL,
	"version" integer NOT NULL,
	"rows" bigint NOT NULL,
	"file" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "feature_vectors_digest" CHECK (key ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "feature_vectors_file" CHECK (coalesce(length(file->>'uri') > 0 and file->>'sha256' ~ '^[0-9a-f]{64}$' and jsonb_typeof(file->'bytes') = 'number', false))
);
--> statement-breakpoint
CREATE TABLE "feature_views" (
	"project" text NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"digest" text NOT NULL,
	"config" jsonb NOT NULL,
	"commit" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "feature_views_key" PRIMARY KEY("project","name","version"),
	CONSTRAINT "feature_views_digest_once" UNIQUE("project","name","digest"),
	CONSTRAINT "feature_views_name" CHECK (length(name) between 1 and 200),
	CONSTRAINT "feature_views_digest" CHECK (digest ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "feature_views_commit" CHECK (commit ~ '^[0-9a-f]{40}$')
);
--> statement-breakpoint
CREATE TABLE "model_aliases" (
	"project" text NOT NULL,
	"model" text NOT NULL,
	"alias" text NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "model_aliases_key" PRIMARY KEY("project","model","alias"),
	CONSTRAINT "model_aliases_once" UNIQUE("project","model","version"),
	CONSTRAINT "model_aliases_alias" CHECK (alias ~ '^[a-z][a-z0-9-]{0,62}$')
);
--> statement-breakpoint
CREATE TABLE "model_version_views" (
	"project" text NOT NULL,
	"model" text NOT NULL,
	"version" integer NOT NULL,
	"dataset" text NOT NULL,
	"dataset_version" integer NOT NULL,
	"view" text NOT NULL,
	"view_version" integer NOT NULL,
	CONSTRAINT "model_version_views_key" PRIMARY KEY("project","model","version","view","view_version")
);
--> statement-breakpoint
CREATE TABLE "model_versions" (
	"project" text NOT NULL,
	"model" text NOT NULL,
	"version" integer NOT NULL,
	"run_id" text NOT NULL,
	"algorithm" text NOT NULL,
	"commit" text NOT NULL,
	"configuration_digest" text NOT NULL,
	"environment_digest" text NOT NULL,
	"isolation_tier" text NOT NULL,
	"dataset" text NOT NULL,
	"dataset_version" integer NOT NULL,
	"dataset_digest" text NOT NULL,
	"evaluation_id" text NOT NULL,
	"model_digest" text NOT NULL,
	"file" jsonb NOT NULL,
	"interface" jsonb NOT NULL,
	"card" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "model_versions_key" PRIMARY KEY("project","model","version"),
	CONSTRAINT "model_versions_once_a_run" UNIQUE("project","model","run_id"),
	CONSTRAINT "model_versions_with_dataset" UNIQUE("project","model","version","dataset","dataset_version"),
	CONSTRAINT "model_versions_algorithm" CHECK (length(algorithm) between 1 and 200),
	CONSTRAINT "model_versions_commit" CHECK (commit ~ '^[0-9a-f]{40}$'),
	CONSTRAINT "model_versions_configuration" CHECK (configuration_digest ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "model_versions_environment" CHECK (environment_digest ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "model_versions_tier" CHECK (isolation_tier in ('container', 'namespace', 'uid', 'none')),
	CONSTRAINT "model_versions_file" CHECK (coalesce(length(file->>'uri') > 0 and file->>'sha256' ~ '^[0-9a-f]{64}$' and jsonb_typeof(file->'bytes') = 'number', false)),
	CONSTRAINT "model_versions_digest" CHECK (model_digest = file->>'sha256'),
	CONSTRAINT "model_versions_interface" CHECK (coalesce(jsonb_array_length(interface->'inputs') > 0 and jsonb_array_length(interface->'outputs') > 0, false)),
	CONSTRAINT "model_versions_card" CHECK (coalesce(length(card->>'uri') > 0 and card->>'sha256' ~ '^[0-9a-f]{64}$' and jsonb_typeof(card->'bytes') = 'number', false))
);
--> statement-breakpoint
CREATE TABLE "effects" (
	"key" text PRIMARY KEY NOT NULL,
	"result" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"key" text PRIMARY KEY NOT NULL,
	"request_digest" text NOT NULL,
	"subject" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "idempotency_keys_key" CHECK (length("key") between 1 and 200),
	CONSTRAINT "idempotency_keys_request" CHECK (request_digest ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"name" text PRIMARY KEY NOT NULL,
	"repo" text NOT NULL,
	"ref" text NOT NULL,
	"commit" text NOT NULL,
	"config" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "projects_name" CHECK (length(name) between 1 and 200),
	CONSTRAINT "projects_commit" CHECK (commit ~ '^[0-9a-f]{40}$')
);
--> statement-breakpoint
CREATE TABLE "run_results" (
	"run_id" text NOT NULL,
	"name" text NOT NULL,
	"fence" integer NOT NULL,
	"inputs" jsonb NOT NULL,
	"result" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "run_results_key" PRIMARY KEY("run_id","name","fence")
);
--> statement-breakpoint
CREATE TABLE "run_steps" (
	"run_id" text NOT NULL,
	"name" text NOT NULL,
	"ordinal" bigint GENERATED ALWAYS AS IDENTITY (sequence name "run_steps_ordinal_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"fence" integer NOT NULL,
	"status" text NOT NULL,
	"attempt" integer NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"inputs" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"reason" text,
	"progress" text,
	"waiting" jsonb,
	"worker" text,
	CONSTRAINT "run_steps_key" PRIMARY KEY("run_id","name"),
	CONSTRAINT "run_steps_name" CHECK (length(name) between 1 and 200),
	CONSTRAINT "run_steps_status" CHECK (status in ('running', 'waiting', 'succeeded', 'refused', 'failed', 'cancelled', 'skipped', 'reused'))
);
--> statement-breakpoint
CREATE TABLE "run_logs" (
	"run_id" text NOT NULL,
	"step" text NOT NULL,
	"log" jsonb NOT NULL,
	CONSTRAINT "run_logs_key" PRIMARY KEY("run_id","step"),
	CONSTRAINT "run_logs_log" CHECK (coalesce(length(log->>'uri') > 0 and log->>'sha256' ~ '^[0-9a-f]{64}$' and jsonb_typeof(log->'bytes') = 'number', false))
);
--> statement-breakpoint
CREATE TABLE "run_metrics" (
	"run_id" text NOT NULL,
	"name" text NOT NULL,
	"step" bigint NOT NULL,
	"value" double precision NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "run_metrics_key" PRIMARY KEY("run_id","name","step"),
	CONSTRAINT "run_metrics_name" CHECK (length(name) between 1 and 200),
	CONSTRAINT "run_metrics_value" CHECK (value > '-Infinity' and value < 'Infinity')
);
--> statement-breakpoint
CREATE TABLE "run_refusals" (
	"run_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"what" text NOT NULL,
	"rule" text NOT NULL,
	"actual" text NOT NULL,
	"limit" text NOT NULL,
	CONSTRAINT "run_refusals_key" PRIMARY KEY("run_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "run_scores" (
	"run_id" text NOT NULL,
	"project" text NOT NULL,
	"model" text NOT NULL,
	"metric" text NOT NULL,
	"value" double precision NOT NULL,
	CONSTRAINT "run_scores_key" PRIMARY KEY("run_id","metric"),
	CONSTRAINT "run_scores_metric" CHECK (length(metric) between 1 and 200),
	CONSTRAINT "run_scores_value" CHECK (value > '-Infinity' and value < 'Infinity')
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"project" text NOT NULL,
	"model" text NOT NULL,
	"ref" text NOT NULL,
	"variant" text,
	"commit" text,
	"status" text NOT NULL,
	"reason" text,
	"causes" jsonb NOT NULL,
	"round" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "runs_of_model" UNIQUE("project","model","id"),
	CONSTRAINT "runs_id" CHECK (length(id) between 1 and 200),
	CONSTRAINT "runs_model" CHECK (length(model) between 1 and 200),
	CONSTRAINT "runs_commit" CHECK (commit ~ '^[0-9a-f]{40}$'),
	CONSTRAINT "runs_status" CHECK (status in ('running', 'waiting', 'succeeded', 'refused', 'failed', 'cancelled'))
);
--> statement-breakpoint
ALTER TABLE "dataset_tags" ADD CONSTRAINT "dataset_tags_version" FOREIGN KEY ("project","name","version") REFERENCES "public"."dataset_versions"("project","name","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD CONSTRAINT "dataset_versions_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD CONSTRAINT "dataset_versions_run" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_views" ADD CONSTRAINT "dataset_views_dataset" FOREIGN KEY ("project","dataset","version") REFERENCES "public"."dataset_versions"("project","name","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_views" ADD CONSTRAINT "dataset_views_view" FOREIGN KEY ("project","view","view_version") REFERENCES "public"."feature_views"("project","name","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_run" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "test_looks" ADD CONSTRAINT "test_looks_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feature_vectors" ADD CONSTRAINT "feature_vectors_view" FOREIGN KEY ("project","view","version") REFERENCES "public"."feature_views"("project","name","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feature_views" ADD CONSTRAINT "feature_views_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_aliases" ADD CONSTRAINT "model_aliases_version" FOREIGN KEY ("project","model","version") REFERENCES "public"."model_versions"("project","model","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_version_views" ADD CONSTRAINT "model_version_views_version" FOREIGN KEY ("project","model","version","dataset","dataset_version") REFERENCES "public"."model_versions"("project","model","version","dataset","dataset_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_version_views" ADD CONSTRAINT "model_version_views_view" FOREIGN KEY ("project","dataset","dataset_version","view","view_version") REFERENCES "public"."dataset_views"("project","dataset","version","view","view_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_run" FOREIGN KEY ("project","model","run_id") REFERENCES "public"."runs"("project","model","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_dataset" FOREIGN KEY ("project","dataset","dataset_version","dataset_digest") REFERENCES "public"."dataset_versions"("project","name","version","digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_evaluation" FOREIGN KEY ("evaluation_id","run_id","model_digest","dataset_digest") REFERENCES "public"."evaluations"("id","run_id","model_digest","dataset_digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_results" ADD CONSTRAINT "run_results_step" FOREIGN KEY ("run_id","name") REFERENCES "public"."run_steps"("run_id","name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_steps" ADD CONSTRAINT "run_steps_run" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_logs" ADD CONSTRAINT "run_logs_run" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_metrics" ADD CONSTRAINT "run_metrics_run" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_refusals" ADD CONSTRAINT "run_refusals_run" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_scores" ADD CONSTRAINT "run_scores_run" FOREIGN KEY ("project","model","run_id") REFERENCES "public"."runs"("project","model","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dataset_views_users" ON "dataset_views" USING btree ("project","view");--> statement-breakpoint
CREATE INDEX "feature_vectors_of_view" ON "feature_vectors" USING btree ("project","view","created_at");--> statement-breakpoint
CREATE INDEX "run_scores_best" ON "run_scores" USING btree ("metric","value","run_id");--> statement-breakpoint
CREATE INDEX "run_scores_best_of_model" ON "run_scores" USING btree ("model","metric","value","run_id");--> statement-breakpoint
CREATE INDEX "runs_newest" ON "runs" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "runs_newest_of_project" ON "runs" USING btree ("project","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_newest_of_model" ON "runs" USING btree ("model","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_open" ON "runs" USING btree ("created_at") WHERE status in ('running', 'waiting');