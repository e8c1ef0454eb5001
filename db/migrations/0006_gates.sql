CREATE TABLE "accounts" (
	"name" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"email" text,
	"admin" boolean NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "accounts_email_once" UNIQUE("email"),
	CONSTRAINT "accounts_name" CHECK (length(name) between 1 and 200),
	CONSTRAINT "accounts_kind" CHECK (kind in ('person', 'machine')),
	CONSTRAINT "accounts_email" CHECK (email = lower(email) and length(email) between 3 and 320)
);
--> statement-breakpoint
CREATE TABLE "sign_in_codes" (
	"sha256" text PRIMARY KEY NOT NULL,
	"account" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "sign_in_codes_sha256" CHECK (sha256 ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"account" text NOT NULL,
	"label" text NOT NULL,
	"method" text NOT NULL,
	"scopes" jsonb,
	"only_project" text,
	"sha256" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "tokens_sha256_once" UNIQUE("sha256"),
	CONSTRAINT "tokens_id" CHECK (length(id) between 1 and 200),
	CONSTRAINT "tokens_label" CHECK (length(label) <= 200),
	CONSTRAINT "tokens_method" CHECK (method in ('set-up-code', 'oidc', 'issued', 'stack')),
	CONSTRAINT "tokens_scopes" CHECK (jsonb_typeof(scopes) = 'array'),
	CONSTRAINT "tokens_sha256" CHECK (sha256 ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "approvals" (
	"id" text PRIMARY KEY NOT NULL,
	"project" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"round" integer NOT NULL,
	"digests" jsonb NOT NULL,
	"stages" jsonb NOT NULL,
	"author_set" jsonb NOT NULL,
	"requested_by" text NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"stage" integer NOT NULL,
	"stage_opened_at" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "approvals_round_once" UNIQUE("project","subject","round"),
	CONSTRAINT "approvals_id" CHECK (id = 'approval/' || project || '/' || subject || '/' || round),
	CONSTRAINT "approvals_id_length" CHECK (length(id) <= 300),
	CONSTRAINT "approvals_kind" CHECK (kind in ('promotion', 'change')),
	CONSTRAINT "approvals_round" CHECK (round >= 1),
	CONSTRAINT "approvals_status" CHECK (status in ('open', 'approved', 'rejected', 'expired', 'withdrawn', 'void', 'superseded')),
	CONSTRAINT "approvals_end" CHECK ((status = 'open') = (ended_at is null)),
	CONSTRAINT "approvals_stage" CHECK (stage between 0 and jsonb_array_length(stages))
);
--> statement-breakpoint
CREATE TABLE "votes" (
	"id" text PRIMARY KEY NOT NULL,
	"approval" text NOT NULL,
	"approver" text NOT NULL,
	"on_behalf_of" text,
	"decision" text NOT NULL,
	"reason" text NOT NULL,
	"envelope" jsonb NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"refusal" text,
	"stage" integer,
	"channel" text,
	"cast_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "votes_id" CHECK (length(id) between 1 and 200),
	CONSTRAINT "votes_approver" CHECK (length(approver) between 1 and 200),
	CONSTRAINT "votes_on_behalf_of" CHECK (length(on_behalf_of) between 1 and 200),
	CONSTRAINT "votes_decision" CHECK (decision in ('approve', 'reject')),
	CONSTRAINT "votes_status" CHECK (status in ('pending', 'counted', 'refused')),
	CONSTRAINT "votes_channel" CHECK (channel in ('update', 'signal')),
	CONSTRAINT "votes_settled" CHECK ((status = 'pending') = (settled_at is null)),
	CONSTRAINT "votes_refusal" CHECK ((status = 'refused') = (refusal is not null)),
	CONSTRAINT "votes_size" CHECK (octet_length(envelope::text) <= 10240)
);
--> statement-breakpoint
CREATE TABLE "audit_checkpoints" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"envelope" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "audit_checkpoints_hash" CHECK (hash ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"project" text,
	"subject" text NOT NULL,
	"details" text NOT NULL,
	"previous" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_events_actor" CHECK (length(actor) between 1 and 200),
	CONSTRAINT "audit_events_action" CHECK (action ~ '^[a-z][a-z-]{0,40}\.[a-z][a-z-]{0,40}$'),
	CONSTRAINT "audit_events_subject" CHECK (length(subject) between 1 and 500),
	CONSTRAINT "audit_events_details" CHECK (octet_length(details) <= 65536),
	CONSTRAINT "audit_events_previous" CHECK (previous ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "audit_events_hash" CHECK (hash ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"id" integer PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "audit_head_one" CHECK (id = 1)
);
--> statement-breakpoint
CREATE TABLE "attestations" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "attestations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project" text NOT NULL,
	"model" text NOT NULL,
	"version" integer NOT NULL,
	"approval" text,
	"envelope" jsonb NOT NULL,
	"payload_sha256" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "attestations_key" PRIMARY KEY("id"),
	CONSTRAINT "attestations_envelope" CHECK (coalesce(envelope->>'payloadType' = 'application/vnd.in-toto+json' and jsonb_array_length(envelope->'signatures') > 0 and payload_sha256 = encode(sha256(decode(envelope->>'payload', 'base64')), 'hex'), false))
);
--> statement-breakpoint
CREATE TABLE "stage_moves" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "stage_moves_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project" text NOT NULL,
	"model" text NOT NULL,
	"version" integer NOT NULL,
	"ordinal" integer DEFAULT 0 NOT NULL,
	"from" text NOT NULL,
	"to" text NOT NULL,
	"actor" text NOT NULL,
	"reason" text NOT NULL,
	"approval" text,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "stage_moves_key" PRIMARY KEY("id"),
	CONSTRAINT "stage_moves_from" CHECK ("from" in ('registered', 'candidate', 'champion', 'previous', 'archived', 'refused', 'retired')),
	CONSTRAINT "stage_moves_lifecycle" CHECK (("from", "to") in (('registered', 'candidate'), ('registered', 'refused'), ('registered', 'retired'), ('candidate', 'champion'), ('candidate', 'refused'), ('candidate', 'retired'), ('champion', 'previous'), ('champion', 'archived'), ('previous', 'champion'), ('previous', 'archived'), ('archived', 'candidate'), ('archived', 'refused'), ('archived', 'retired'), ('refused', 'candidate'), ('refused', 'retired'))),
	CONSTRAINT "stage_moves_actor" CHECK (length(actor) between 1 and 200)
);
--> statement-breakpoint
CREATE TABLE "delegations" (
	"id" text PRIMARY KEY NOT NULL,
	"project" text NOT NULL,
	"from" text NOT NULL,
	"to" text NOT NULL,
	"role" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "delegations_id" CHECK (length(id) between 1 and 200),
	CONSTRAINT "delegations_from" CHECK (length("from") between 1 and 200),
	CONSTRAINT "delegations_to" CHECK (length("to") between 1 and 200),
	CONSTRAINT "delegations_to_another" CHECK ("from" <> "to"),
	CONSTRAINT "delegations_role" CHECK (role in ('data-engineer', 'data-scientist', 'ml-engineer', 'application-developer', 'business-analyst', 'it-operations', 'reviewer', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "members" (
	"project" text NOT NULL,
	"account" text NOT NULL,
	"roles" jsonb NOT NULL,
	"emails" jsonb NOT NULL,
	"commit" text NOT NULL,
	CONSTRAINT "members_key" PRIMARY KEY("project","account"),
	CONSTRAINT "members_account" CHECK (length(account) between 1 and 200),
	CONSTRAINT "members_roles" CHECK (jsonb_typeof(roles) = 'array'),
	CONSTRAINT "members_emails" CHECK (jsonb_typeof(emails) = 'array'),
	CONSTRAINT "members_commit" CHECK (commit ~ '^[0-9a-f]{40}$')
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "policies_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project" text,
	"model" text,
	"digest" text NOT NULL,
	"policy" jsonb NOT NULL,
	"commit" text NOT NULL,
	"in_force_since" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"out_of_force_at" timestamp (3) with time zone,
	CONSTRAINT "policies_key" PRIMARY KEY("id"),
	CONSTRAINT "policies_digest" CHECK (digest ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "policies_commit" CHECK (commit ~ '^[0-9a-f]{40}$')
);
--> statement-breakpoint
CREATE TABLE "policy_verdicts" (
	"id" text PRIMARY KEY NOT NULL,
	"ordinal" bigint GENERATED ALWAYS AS IDENTITY (sequence name "policy_verdicts_ordinal_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project" text NOT NULL,
	"model" text NOT NULL,
	"version" integer NOT NULL,
	"policy_digest" text NOT NULL,
	"facts_digest" text NOT NULL,
	"digests" jsonb NOT NULL,
	"verdict" text NOT NULL,
	"rules" jsonb NOT NULL,
	"facts" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "policy_verdicts_id" CHECK (length(id) between 1 and 200),
	CONSTRAINT "policy_verdicts_policy" CHECK (policy_digest ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "policy_verdicts_facts_digest" CHECK (facts_digest ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "policy_verdicts_verdict" CHECK (verdict in ('pass', 'fail', 'inconclusive', 'error')),
	CONSTRAINT "policy_verdicts_facts" CHECK (coalesce(length(facts->>'uri') > 0 and facts->>'sha256' ~ '^[0-9a-f]{64}$' and jsonb_typeof(facts->'bytes') = 'number', false))
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL,
	"not_before" timestamp (3) with time zone NOT NULL,
	"not_after" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "signing_keys_id" CHECK (id ~ '^[0-9a-f]{16}$'),
	CONSTRAINT "signing_keys_public_key" CHECK (public_key like '-----BEGIN PUBLIC KEY-----%')
);
--> statement-breakpoint
ALTER TABLE "sign_in_codes" ADD CONSTRAINT "sign_in_codes_account" FOREIGN KEY ("account") REFERENCES "public"."accounts"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_account" FOREIGN KEY ("account") REFERENCES "public"."accounts"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_approval" FOREIGN KEY ("approval") REFERENCES "public"."approvals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attestations" ADD CONSTRAINT "attestations_version" FOREIGN KEY ("project","model","version") REFERENCES "public"."model_versions"("project","model","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attestations" ADD CONSTRAINT "attestations_approval" FOREIGN KEY ("approval") REFERENCES "public"."approvals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_moves" ADD CONSTRAINT "stage_moves_version" FOREIGN KEY ("project","model","version") REFERENCES "public"."model_versions"("project","model","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_moves" ADD CONSTRAINT "stage_moves_approval" FOREIGN KEY ("approval") REFERENCES "public"."approvals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_verdicts" ADD CONSTRAINT "policy_verdicts_version" FOREIGN KEY ("project","model","version") REFERENCES "public"."model_versions"("project","model","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tokens_of_account" ON "tokens" USING btree ("account","created_at");--> statement-breakpoint
CREATE INDEX "approvals_newest" ON "approvals" USING btree ("opened_at","id");--> statement-breakpoint
CREATE INDEX "approvals_newest_of_project" ON "approvals" USING btree ("project","opened_at","id");--> statement-breakpoint
CREATE INDEX "approvals_open" ON "approvals" USING btree ("opened_at","id") WHERE status = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "votes_once" ON "votes" USING btree ("approval","approver") WHERE status <> 'refused';--> statement-breakpoint
CREATE INDEX "votes_of_approval" ON "votes" USING btree ("approval","cast_at","id");--> statement-breakpoint
CREATE INDEX "votes_pending" ON "votes" USING btree ("approver") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "audit_events_of_project" ON "audit_events" USING btree ("project","seq");--> statement-breakpoint
CREATE INDEX "audit_events_of_actor" ON "audit_events" USING btree ("actor","seq");--> statement-breakpoint
CREATE INDEX "audit_events_of_action" ON "audit_events" USING btree ("action","seq");--> statement-breakpoint
CREATE INDEX "audit_events_of_subject" ON "audit_events" USING btree ("subject","seq");--> statement-breakpoint
CREATE INDEX "attestations_of_version" ON "attestations" USING btree ("project","model","version");--> statement-breakpoint
CREATE UNIQUE INDEX "stage_moves_once" ON "stage_moves" USING btree ("project","model","version","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "stage_moves_approval_once" ON "stage_moves" USING btree ("approval") WHERE "to" = 'champion' and "from" <> 'previous';--> statement-breakpoint
CREATE INDEX "stage_moves_champions" ON "stage_moves" USING btree ("project","model","id") WHERE "to" = 'champion';--> statement-breakpoint
CREATE INDEX "delegations_of_project" ON "delegations" USING btree ("project","created_at");--> statement-breakpoint
CREATE INDEX "members_of_account" ON "members" USING btree ("account");--> statement-breakpoint
CREATE UNIQUE INDEX "policies_in_force_once" ON "policies" USING btree (coalesce("project", ''),coalesce("model", '')) WHERE out_of_force_at is null;--> statement-breakpoint
CREATE INDEX "policy_verdicts_newest" ON "policy_verdicts" USING btree ("project","model","version","ordinal");