-- What the migrations yield. Written by: npx vitest run test/db/schema.test.ts -u

-- tables

create table accounts (
  name text not null,
  kind text not null,
  email text,
  admin boolean not null,
  disabled_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table applied_changes (
  approval text not null,
  project text not null,
  commit text not null,
  at timestamp(3) with time zone not null default clock_timestamp());

create table approvals (
  id text not null,
  project text not null,
  kind text not null,
  subject text not null,
  round integer not null,
  digests jsonb not null,
  stages jsonb not null,
  author_set jsonb not null,
  requested_by text not null,
  status text not null,
  reason text,
  stage integer not null,
  stage_opened_at timestamp(3) with time zone not null,
  opened_at timestamp(3) with time zone not null default clock_timestamp(),
  ended_at timestamp(3) with time zone,
  exhibits jsonb not null default '{}'::jsonb);

create table attestations (
  id bigint not null generated always as identity,
  project text not null,
  model text not null,
  version integer not null,
  approval text,
  envelope jsonb not null,
  payload_sha256 text not null,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table audit_checkpoints (
  seq bigint not null,
  hash text not null,
  at timestamp(3) with time zone not null,
  envelope jsonb not null,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table audit_events (
  seq bigint not null,
  at timestamp(3) with time zone not null,
  actor text not null,
  action text not null,
  project text,
  subject text not null,
  details text not null,
  previous text not null,
  hash text not null);

create table audit_head (
  id integer not null,
  seq bigint not null,
  hash text not null,
  at timestamp(3) with time zone not null default clock_timestamp());

create table dataset_tags (
  project text not null,
  name text not null,
  tag text not null,
  version integer not null,
  "where" text,
  at timestamp(3) with time zone not null default clock_timestamp(),
  rows bigint);

create table dataset_versions (
  project text not null,
  name text not null,
  version integer not null,
  digest text not null,
  key text not null,
  rows bigint not null,
  quarantined bigint not null,
  commit text not null,
  manifest jsonb not null,
  run_id text,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table dataset_views (
  project text not null,
  dataset text not null,
  version integer not null,
  view text not null,
  view_version integer not null);

create table delegations (
  id text not null,
  project text not null,
  "from" text not null,
  "to" text not null,
  role text not null,
  until timestamp(3) with time zone not null,
  created_at timestamp(3) with time zone not null default clock_timestamp(),
  ended_at timestamp(3) with time zone);

create table deliveries (
  project text not null,
  id text not null,
  form text not null,
  content jsonb not null,
  received_at timestamp(3) with time zone not null default clock_timestamp(),
  repeats integer not null default 0,
  status text not null default 'pending'::text,
  result text,
  handled_at timestamp(3) with time zone);

create table effects (
  key text not null,
  result jsonb not null,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table endpoints (
  project text not null,
  endpoint text not null,
  model text not null,
  config jsonb not null,
  commit text not null,
  scaled_to integer,
  retired_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null default clock_timestamp(),
  updated_at timestamp(3) with time zone not null default clock_timestamp());

create table evaluations (
  id text not null,
  run_id text not null,
  model_digest text not null,
  dataset_digest text not null,
  report jsonb not null,
  metrics jsonb not null,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table feature_vectors (
  key text not null,
  project text not null,
  view text not null,
  version integer not null,
  rows bigint not null,
  file jsonb not null,
  created_at timestamp(3) with time zone not null default clock_timestamp(),
  run_id text);

create table feature_views (
  project text not null,
  name text not null,
  version integer not null,
  digest text not null,
  config jsonb not null,
  commit text not null,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table feedback (
  prediction_at timestamp(3) with time zone not null,
  prediction_id uuid not null,
  "row" integer not null,
  source text not null,
  truth jsonb,
  reward double precision,
  event_at timestamp(3) with time zone,
  received_at timestamp(3) with time zone not null) partition by RANGE (prediction_at);

create table feedback_aside (
  prediction_id text not null,
  "row" integer not null,
  source text not null,
  truth jsonb,
  reward double precision,
  event_at timestamp(3) with time zone,
  received_at timestamp(3) with time zone not null);

create table feedback_other (
  prediction_at timestamp(3) with time zone not null,
  prediction_id uuid not null,
  "row" integer not null,
  source text not null,
  truth jsonb,
  reward double precision,
  event_at timestamp(3) with time zone,
  received_at timestamp(3) with time zone not null);

create table idempotency_keys (
  key text not null,
  request_digest text not null,
  subject text not null,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table image_scans (
  project text not null,
  endpoint text not null,
  image_digest text not null,
  verdict text not null,
  reasons jsonb not null,
  refused jsonb not null,
  refused_digest text not null,
  packages integer not null,
  advisories text,
  database_of timestamp(3) with time zone,
  scanned_at timestamp(3) with time zone not null);

create table incidents (
  id text not null,
  project text not null,
  endpoint text not null,
  cause text not null,
  kind text not null,
  model text not null,
  model_version integer not null,
  opened_at timestamp(3) with time zone not null,
  sights jsonb not null,
  quiet_windows integer not null,
  asks_for_run boolean not null,
  course text not null,
  acknowledged_by text,
  closed_at timestamp(3) with time zone,
  closed_by text,
  closed_because text,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table judged_windows (
  project text not null,
  endpoint text not null,
  line text not null,
  "from" timestamp(3) with time zone not null,
  "to" timestamp(3) with time zone not null,
  model text not null,
  model_version integer not null,
  rows integer not null,
  verdict text not null,
  verdicts jsonb not null,
  numbers jsonb not null,
  evidence jsonb not null,
  judged_at timestamp(3) with time zone not null);

create table letter_attempts (
  letter text not null,
  at timestamp(3) with time zone not null,
  ms integer not null,
  error text);

create table letters (
  id text not null,
  seq bigint not null generated always as identity,
  project text not null,
  model text,
  target text not null,
  key text not null,
  notice jsonb not null,
  status text not null default 'pending'::text,
  attempts integer not null default 0,
  created_at timestamp(3) with time zone not null default clock_timestamp(),
  next_at timestamp(3) with time zone not null default clock_timestamp(),
  delivered_at timestamp(3) with time zone);

create table members (
  project text not null,
  account text not null,
  roles jsonb not null,
  emails jsonb not null,
  commit text not null);

create table model_aliases (
  project text not null,
  model text not null,
  alias text not null,
  version integer not null);

create table model_holds (
  project text not null,
  model text not null,
  by text not null,
  reason text not null,
  since timestamp(3) with time zone not null default clock_timestamp());

create table model_lines (
  project text not null,
  model text not null,
  path text not null,
  commit text not null,
  owner text,
  triggers jsonb not null,
  parts jsonb not null);

create table model_version_views (
  project text not null,
  model text not null,
  version integer not null,
  dataset text not null,
  dataset_version integer not null,
  view text not null,
  view_version integer not null);

create table model_versions (
  project text not null,
  model text not null,
  version integer not null,
  run_id text not null,
  algorithm text not null,
  commit text not null,
  configuration_digest text not null,
  environment_digest text not null,
  isolation_tier text not null,
  dataset text not null,
  dataset_version integer not null,
  dataset_digest text not null,
  evaluation_id text not null,
  model_digest text not null,
  file jsonb not null,
  interface jsonb not null,
  card jsonb not null,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table policies (
  id bigint not null generated always as identity,
  project text,
  model text,
  digest text not null,
  policy jsonb not null,
  commit text not null,
  in_force_since timestamp(3) with time zone not null default clock_timestamp(),
  out_of_force_at timestamp(3) with time zone);

create table policy_verdicts (
  id text not null,
  ordinal bigint not null generated always as identity,
  project text not null,
  model text not null,
  version integer not null,
  policy_digest text not null,
  facts_digest text not null,
  digests jsonb not null,
  verdict text not null,
  rules jsonb not null,
  facts jsonb not null,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table predictions (
  at timestamp(3) with time zone not null,
  id uuid not null,
  "row" integer not null,
  served uuid not null,
  variant text,
  unit text,
  request_id text,
  inputs jsonb not null,
  outputs jsonb not null,
  for_feedback boolean not null default false,
  event_at timestamp(3) with time zone) partition by RANGE (at);

create table predictions_other (
  at timestamp(3) with time zone not null,
  id uuid not null,
  "row" integer not null,
  served uuid not null,
  variant text,
  unit text,
  request_id text,
  inputs jsonb not null,
  outputs jsonb not null,
  for_feedback boolean not null default false,
  event_at timestamp(3) with time zone);

create table projects (
  name text not null,
  repo text not null,
  ref text not null,
  commit text not null,
  config jsonb not null,
  created_at timestamp(3) with time zone not null default clock_timestamp(),
  updated_at timestamp(3) with time zone not null default now());

create table reference_profiles (
  project text not null,
  model text not null,
  version integer not null,
  rule text not null,
  profile jsonb not null,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table release_logs (
  release_id text not null,
  step text not null,
  log jsonb not null);

create table release_refusals (
  release_id text not null,
  ordinal integer not null,
  what text not null,
  rule text not null,
  actual text not null,
  "limit" text not null);

create table release_results (
  release_id text not null,
  name text not null,
  fence integer not null,
  inputs jsonb not null,
  result jsonb not null,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table release_steps (
  release_id text not null,
  name text not null,
  ordinal bigint not null generated always as identity,
  fence integer not null,
  status text not null,
  attempt integer not null,
  scheduled_at timestamp(3) with time zone,
  started_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  inputs jsonb not null default '{}'::jsonb,
  reason text,
  progress text,
  waiting jsonb,
  worker text,
  earlier_ms bigint not null default 0);

create table releases (
  id text not null,
  ordinal bigint not null generated always as identity,
  project text not null,
  endpoint text not null,
  kind text not null,
  model text not null,
  status text not null,
  reason text,
  causes jsonb not null,
  commit text,
  model_version integer,
  round integer not null default 0,
  in_turn boolean not null default false,
  created_at timestamp(3) with time zone not null default clock_timestamp(),
  ended_at timestamp(3) with time zone);

create table revisions (
  project text not null,
  endpoint text not null,
  revision text not null,
  ordinal integer not null,
  release_id text not null,
  wanted jsonb not null,
  application_commit text,
  model text not null,
  model_version integer not null,
  model_digest text not null,
  image_digest text,
  at jsonb not null,
  "from" timestamp(3) with time zone not null,
  until timestamp(3) with time zone);

create table run_logs (
  run_id text not null,
  step text not null,
  log jsonb not null);

create table run_metrics (
  run_id text not null,
  name text not null,
  step bigint not null,
  value double precision not null,
  at timestamp(3) with time zone not null);

create table run_refusals (
  run_id text not null,
  ordinal integer not null,
  what text not null,
  rule text not null,
  actual text not null,
  "limit" text not null);

create table run_results (
  run_id text not null,
  name text not null,
  fence integer not null,
  inputs jsonb not null,
  result jsonb not null,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table run_scores (
  run_id text not null,
  project text not null,
  model text not null,
  metric text not null,
  value double precision not null);

create table run_steps (
  run_id text not null,
  name text not null,
  ordinal bigint not null generated always as identity,
  fence integer not null,
  status text not null,
  attempt integer not null,
  started_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  inputs jsonb not null default '{}'::jsonb,
  reason text,
  progress text,
  waiting jsonb,
  worker text,
  scheduled_at timestamp(3) with time zone,
  earlier_ms bigint not null default 0);

create table runs (
  id text not null,
  project text not null,
  model text not null,
  ref text not null,
  variant text,
  commit text,
  status text not null,
  reason text,
  causes jsonb not null,
  round integer not null default 0,
  created_at timestamp(3) with time zone not null default clock_timestamp(),
  ended_at timestamp(3) with time zone,
  reopened_at timestamp(3) with time zone,
  automatic boolean not null default false,
  clock_at timestamp(3) with time zone);

create table schedule_pauses (
  project text not null,
  id text not null,
  by text not null,
  reason text not null,
  since timestamp(3) with time zone not null default clock_timestamp());

create table schedules (
  project text not null,
  id text not null,
  model text,
  name text,
  kind text not null,
  declared text not null,
  described text not null);

create table served_hours (
  endpoint text not null,
  at timestamp(3) with time zone not null,
  model text not null,
  version text not null,
  answered bigint not null,
  rows bigint not null,
  refused bigint not null,
  failed bigint not null,
  sum_ms double precision not null,
  counts double precision[] not null,
  custom jsonb not null);

create table served_minutes (
  endpoint text not null,
  at timestamp(3) with time zone not null,
  model text not null,
  version text not null,
  server uuid not null,
  answered bigint not null,
  rows bigint not null,
  refused bigint not null,
  failed bigint not null,
  sum_ms double precision not null,
  counts double precision[] not null,
  custom jsonb not null,
  received_at timestamp(3) with time zone not null default clock_timestamp());

create table served_models (
  id uuid not null,
  project text,
  endpoint text,
  model text not null,
  version text not null,
  model_digest text not null,
  image_digest text,
  interface jsonb not null,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table sign_in_codes (
  sha256 text not null,
  account text not null,
  expires_at timestamp(3) with time zone not null,
  used_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table signing_keys (
  id text not null,
  public_key text not null,
  not_before timestamp(3) with time zone not null,
  not_after timestamp(3) with time zone,
  revoked_at timestamp(3) with time zone);

create table silences (
  id text not null,
  project text not null,
  endpoint text not null,
  kind text,
  owner text not null,
  reason text not null,
  until timestamp(3) with time zone not null,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table stage_moves (
  id bigint not null generated always as identity,
  project text not null,
  model text not null,
  version integer not null,
  ordinal integer not null default 0,
  "from" text not null,
  "to" text not null,
  actor text not null,
  reason text not null,
  approval text,
  at timestamp(3) with time zone not null default clock_timestamp());

create table test_looks (
  project text not null,
  model text not null,
  dataset_digest text not null,
  evaluation_id text not null,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table tokens (
  id text not null,
  account text not null,
  label text not null,
  method text not null,
  scopes jsonb,
  only_project text,
  sha256 text not null,
  expires_at timestamp(3) with time zone not null,
  last_used_at timestamp(3) with time zone,
  revoked_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null default clock_timestamp());

create table tracked_refs (
  project text not null,
  ref text not null,
  commit text,
  handled_at timestamp(3) with time zone not null default clock_timestamp());

create table trigger_events (
  id text not null,
  project text not null,
  model text not null,
  kind text not null,
  key text not null,
  by text,
  at timestamp(3) with time zone not null,
  facts jsonb not null,
  received_at timestamp(3) with time zone not null default clock_timestamp(),
  repeats integer not null default 0,
  proposed_at timestamp(3) with time zone,
  outcome text,
  run_id text,
  rule text,
  reason text,
  veto bigint,
  settled_at timestamp(3) with time zone);

create table vetoes (
  id bigint not null generated always as identity,
  project text not null,
  model text not null,
  by text not null,
  reason text not null,
  events integer not null,
  at timestamp(3) with time zone not null default clock_timestamp());

create table votes (
  id text not null,
  approval text not null,
  approver text not null,
  on_behalf_of text,
  decision text not null,
  reason text not null,
  envelope jsonb not null,
  status text not null default 'pending'::text,
  refusal text,
  stage integer,
  channel text,
  cast_at timestamp(3) with time zone not null default clock_timestamp(),
  settled_at timestamp(3) with time zone);

create table wanted_revisions (
  project text not null,
  endpoint text not null,
  ordinal integer not null,
  revision text not null,
  release_id text not null,
  wanted jsonb not null,
  at timestamp(3) with time zone not null default clock_timestamp());

create table watches (
  project text not null,
  endpoint text not null,
  config jsonb not null,
  commit text not null,
  updated_at timestamp(3) with time zone not null default clock_timestamp());

create table watermarks (
  project text not null,
  model text not null,
  name text not null,
  value text not null,
  in_lateness integer not null,
  dataset text not null,
  confirmed_at timestamp(3) with time zone not null default clock_timestamp());

-- partitions

alter table feedback attach partition feedback_other DEFAULT;

alter table predictions attach partition predictions_other DEFAULT;

-- constraints

alter table accounts add constraint accounts_email CHECK (((email = lower(email)) AND ((length(email) >= 3) AND (length(email) <= 320))));

alter table accounts add constraint accounts_kind CHECK ((kind = ANY (ARRAY['person'::text, 'machine'::text])));

alter table accounts add constraint accounts_name CHECK (((length(name) >= 1) AND (length(name) <= 200)));

alter table accounts add constraint accounts_pkey PRIMARY KEY (name);

alter table accounts add constraint accounts_email_once UNIQUE (email);

alter table applied_changes add constraint applied_changes_commit CHECK ((commit ~ '^[0-9a-f]{40}$'::text));

alter table applied_changes add constraint applied_changes_approval FOREIGN KEY (approval) REFERENCES approvals(id);

alter table applied_changes add constraint applied_changes_pkey PRIMARY KEY (approval);

alter table approvals add constraint approvals_end CHECK (((status = 'open'::text) = (ended_at IS NULL)));

alter table approvals add constraint approvals_id CHECK ((id = ((((('approval/'::text || project) || '/'::text) || subject) || '/'::text) || round)));

alter table approvals add constraint approvals_id_length CHECK ((length(id) <= 300));

alter table approvals add constraint approvals_kind CHECK ((kind = ANY (ARRAY['promotion'::text, 'change'::text])));

alter table approvals add constraint approvals_round CHECK ((round >= 1));

alter table approvals add constraint approvals_stage CHECK (((stage >= 0) AND (stage <= jsonb_array_length(stages))));

alter table approvals add constraint approvals_status CHECK ((status = ANY (ARRAY['open'::text, 'approved'::text, 'rejected'::text, 'expired'::text, 'withdrawn'::text, 'void'::text, 'superseded'::text])));

alter table approvals add constraint approvals_project FOREIGN KEY (project) REFERENCES projects(name);

alter table approvals add constraint approvals_pkey PRIMARY KEY (id);

alter table approvals add constraint approvals_round_once UNIQUE (project, subject, round);

alter table attestations add constraint attestations_envelope CHECK (COALESCE((((envelope ->> 'payloadType'::text) = 'application/vnd.in-toto+json'::text) AND (jsonb_array_length((envelope -> 'signatures'::text)) > 0) AND (payload_sha256 = encode(sha256(decode((envelope ->> 'payload'::text), 'base64'::text)), 'hex'::text))), false));

alter table attestations add constraint attestations_approval FOREIGN KEY (approval) REFERENCES approvals(id);

alter table attestations add constraint attestations_version FOREIGN KEY (project, model, version) REFERENCES model_versions(project, model, version);

alter table attestations add constraint attestations_key PRIMARY KEY (id);

alter table audit_checkpoints add constraint audit_checkpoints_hash CHECK ((hash ~ '^[0-9a-f]{64}$'::text));

alter table audit_checkpoints add constraint audit_checkpoints_pkey PRIMARY KEY (seq);

alter table audit_events add constraint audit_events_action CHECK ((action ~ '^[a-z][a-z-]{0,40}\.[a-z][a-z-]{0,40}$'::text));

alter table audit_events add constraint audit_events_actor CHECK (((length(actor) >= 1) AND (length(actor) <= 200)));

alter table audit_events add constraint audit_events_details CHECK ((octet_length(details) <= 65536));

alter table audit_events add constraint audit_events_hash CHECK ((hash ~ '^[0-9a-f]{64}$'::text));

alter table audit_events add constraint audit_events_previous CHECK ((previous ~ '^[0-9a-f]{64}$'::text));

alter table audit_events add constraint audit_events_subject CHECK (((length(subject) >= 1) AND (length(subject) <= 500)));

alter table audit_events add constraint audit_events_pkey PRIMARY KEY (seq);

alter table audit_head add constraint audit_head_one CHECK ((id = 1));

alter table audit_head add constraint audit_head_pkey PRIMARY KEY (id);

alter table dataset_tags add constraint dataset_tags_tag CHECK ((tag ~ '^[A-Za-z][A-Za-z0-9._-]{0,62}$'::text));

alter table dataset_tags add constraint dataset_tags_version FOREIGN KEY (project, name, version) REFERENCES dataset_versions(project, name, version);

alter table dataset_tags add constraint dataset_tags_key PRIMARY KEY (project, name, tag);

alter table dataset_versions add constraint dataset_versions_commit CHECK ((commit ~ '^[0-9a-f]{40}$'::text));

alter table dataset_versions add constraint dataset_versions_digest CHECK ((digest ~ '^[0-9a-f]{64}$'::text));

alter table dataset_versions add constraint dataset_versions_key_digest CHECK ((key ~ '^[0-9a-f]{64}$'::text));

alter table dataset_versions add constraint dataset_versions_manifest CHECK (COALESCE(((length((manifest ->> 'uri'::text)) > 0) AND ((manifest ->> 'sha256'::text) ~ '^[0-9a-f]{64}$'::text) AND (jsonb_typeof((manifest -> 'bytes'::text)) = 'number'::text)), false));

alter table dataset_versions add constraint dataset_versions_name CHECK (((length(name) >= 1) AND (length(name) <= 200)));

alter table dataset_versions add constraint dataset_versions_project FOREIGN KEY (project) REFERENCES projects(name);

alter table dataset_versions add constraint dataset_versions_run FOREIGN KEY (run_id) REFERENCES runs(id);

alter table dataset_versions add constraint dataset_versions_key PRIMARY KEY (project, name, version);

alter table dataset_versions add constraint dataset_versions_with_digest UNIQUE (project, name, version, digest);

alter table dataset_views add constraint dataset_views_dataset FOREIGN KEY (project, dataset, version) REFERENCES dataset_versions(project, name, version);

alter table dataset_views add constraint dataset_views_view FOREIGN KEY (project, view, view_version) REFERENCES feature_views(project, name, version);

alter table dataset_views add constraint dataset_views_key PRIMARY KEY (project, dataset, version, view, view_version);

alter table delegations add constraint delegations_from CHECK (((length("from") >= 1) AND (length("from") <= 200)));

alter table delegations add constraint delegations_id CHECK (((length(id) >= 1) AND (length(id) <= 200)));

alter table delegations add constraint delegations_role CHECK ((role = ANY (ARRAY['data-engineer'::text, 'data-scientist'::text, 'ml-engineer'::text, 'application-developer'::text, 'business-analyst'::text, 'it-operations'::text, 'reviewer'::text, 'admin'::text])));

alter table delegations add constraint delegations_to CHECK (((length("to") >= 1) AND (length("to") <= 200)));

alter table delegations add constraint delegations_to_another CHECK (("from" <> "to"));

alter table delegations add constraint delegations_project FOREIGN KEY (project) REFERENCES projects(name);

alter table delegations add constraint delegations_pkey PRIMARY KEY (id);

alter table deliveries add constraint deliveries_form CHECK ((form = ANY (ARRAY['github'::text, 'gitlab'::text, 'gitea'::text, 'bitbucket'::text, 'standard-webhooks'::text, 'cloudevents'::text])));

alter table deliveries add constraint deliveries_handled CHECK (((status = 'pending'::text) = (handled_at IS NULL)));

alter table deliveries add constraint deliveries_id CHECK (((length(id) >= 1) AND (length(id) <= 200)));

alter table deliveries add constraint deliveries_size CHECK ((octet_length((content)::text) <= 65536));

alter table deliveries add constraint deliveries_status CHECK ((status = ANY (ARRAY['pending'::text, 'handled'::text, 'ignored'::text])));

alter table deliveries add constraint deliveries_project FOREIGN KEY (project) REFERENCES projects(name);

alter table deliveries add constraint deliveries_key PRIMARY KEY (project, id);

alter table effects add constraint effects_pkey PRIMARY KEY (key);

alter table endpoints add constraint endpoints_commit CHECK ((commit ~ '^[0-9a-f]{40}$'::text));

alter table endpoints add constraint endpoints_model CHECK (((length(model) >= 1) AND (length(model) <= 200)));

alter table endpoints add constraint endpoints_name CHECK (((length(endpoint) >= 1) AND (length(endpoint) <= 200)));

alter table endpoints add constraint endpoints_scaled_to CHECK (((scaled_to >= 1) AND (scaled_to <= 32)));

alter table endpoints add constraint endpoints_project FOREIGN KEY (project) REFERENCES projects(name);

alter table endpoints add constraint endpoints_key PRIMARY KEY (project, endpoint);

alter table evaluations add constraint evaluations_dataset_digest CHECK ((dataset_digest ~ '^[0-9a-f]{64}$'::text));

alter table evaluations add constraint evaluations_id CHECK (((length(id) >= 1) AND (length(id) <= 200)));

alter table evaluations add constraint evaluations_metrics CHECK ((jsonb_typeof(metrics) = 'object'::text));

alter table evaluations add constraint evaluations_model_digest CHECK ((model_digest ~ '^[0-9a-f]{64}$'::text));

alter table evaluations add constraint evaluations_report CHECK (COALESCE(((length((report ->> 'uri'::text)) > 0) AND ((report ->> 'sha256'::text) ~ '^[0-9a-f]{64}$'::text) AND (jsonb_typeof((report -> 'bytes'::text)) = 'number'::text)), false));

alter table evaluations add constraint evaluations_run FOREIGN KEY (run_id) REFERENCES runs(id);

alter table evaluations add constraint evaluations_pkey PRIMARY KEY (id);

alter table evaluations add constraint evaluations_with_subject UNIQUE (id, run_id, model_digest, dataset_digest);

alter table feature_vectors add constraint feature_vectors_digest CHECK ((key ~ '^[0-9a-f]{64}$'::text));

alter table feature_vectors add constraint feature_vectors_file CHECK (COALESCE(((length((file ->> 'uri'::text)) > 0) AND ((file ->> 'sha256'::text) ~ '^[0-9a-f]{64}$'::text) AND (jsonb_typeof((file -> 'bytes'::text)) = 'number'::text)), false));

alter table feature_vectors add constraint feature_vectors_run FOREIGN KEY (run_id) REFERENCES runs(id);

alter table feature_vectors add constraint feature_vectors_view FOREIGN KEY (project, view, version) REFERENCES feature_views(project, name, version);

alter table feature_vectors add constraint feature_vectors_pkey PRIMARY KEY (key);

alter table feature_views add constraint feature_views_commit CHECK ((commit ~ '^[0-9a-f]{40}$'::text));

alter table feature_views add constraint feature_views_digest CHECK ((digest ~ '^[0-9a-f]{64}$'::text));

alter table feature_views add constraint feature_views_name CHECK (((length(name) >= 1) AND (length(name) <= 200)));

alter table feature_views add constraint feature_views_project FOREIGN KEY (project) REFERENCES projects(name);

alter table feature_views add constraint feature_views_key PRIMARY KEY (project, name, version);

alter table feature_views add constraint feature_views_digest_once UNIQUE (project, name, digest);

alter table feedback add constraint feedback_says_something CHECK (((truth IS NOT NULL) OR (reward IS NOT NULL)));

alter table feedback add constraint feedback_source CHECK (((length(source) >= 1) AND (length(source) <= 200)));

alter table feedback add constraint feedback_key PRIMARY KEY (prediction_at, prediction_id, "row", source);

alter table feedback_aside add constraint feedback_aside_id CHECK (((length(prediction_id) >= 1) AND (length(prediction_id) <= 200)));

alter table feedback_aside add constraint feedback_aside_says_something CHECK (((truth IS NOT NULL) OR (reward IS NOT NULL)));

alter table feedback_aside add constraint feedback_aside_source CHECK (((length(source) >= 1) AND (length(source) <= 200)));

alter table feedback_aside add constraint feedback_aside_key PRIMARY KEY (prediction_id, "row", source);

alter table feedback_other add constraint feedback_says_something CHECK (((truth IS NOT NULL) OR (reward IS NOT NULL)));

alter table feedback_other add constraint feedback_source CHECK (((length(source) >= 1) AND (length(source) <= 200)));

alter table feedback_other add constraint feedback_other_pkey PRIMARY KEY (prediction_at, prediction_id, "row", source);

alter table idempotency_keys add constraint idempotency_keys_key CHECK (((length(key) >= 1) AND (length(key) <= 200)));

alter table idempotency_keys add constraint idempotency_keys_request CHECK ((request_digest ~ '^[0-9a-f]{64}$'::text));

alter table idempotency_keys add constraint idempotency_keys_pkey PRIMARY KEY (key);

alter table image_scans add constraint image_scans_advisories CHECK ((advisories ~ '^[0-9a-f]{64}$'::text));

alter table image_scans add constraint image_scans_image_digest CHECK ((image_digest ~ '^sha256:[0-9a-f]{64}$'::text));

alter table image_scans add constraint image_scans_reasons CHECK ((jsonb_array_length(reasons) > 0));

alter table image_scans add constraint image_scans_refused_digest CHECK ((refused_digest ~ '^[0-9a-f]{64}$'::text));

alter table image_scans add constraint image_scans_verdict CHECK ((verdict = ANY (ARRAY['pass'::text, 'fail'::text, 'inconclusive'::text, 'error'::text])));

alter table image_scans add constraint image_scans_endpoint FOREIGN KEY (project, endpoint) REFERENCES endpoints(project, endpoint);

alter table image_scans add constraint image_scans_key PRIMARY KEY (project, endpoint, image_digest);

alter table incidents add constraint incidents_cause CHECK (((length(cause) >= 1) AND (length(cause) <= 200)));

alter table incidents add constraint incidents_closed CHECK (((closed_at IS NULL) = (closed_because IS NULL)));

alter table incidents add constraint incidents_closed_by CHECK (((closed_by IS NULL) OR (closed_at IS NOT NULL)));

alter table incidents add constraint incidents_kind CHECK ((kind = ANY (ARRAY['data-skew'::text, 'training-serving-skew'::text, 'harmful-drift'::text, 'concept-drift'::text, 'prior-shift'::text, 'covariate-drift'::text, 'unexplained-loss'::text])));

alter table incidents add constraint incidents_watch FOREIGN KEY (project, endpoint) REFERENCES watches(project, endpoint);

alter table incidents add constraint incidents_pkey PRIMARY KEY (id);

alter table judged_windows add constraint judged_windows_evidence CHECK (COALESCE(((length((evidence ->> 'uri'::text)) > 0) AND ((evidence ->> 'sha256'::text) ~ '^[0-9a-f]{64}$'::text) AND (jsonb_typeof((evidence -> 'bytes'::text)) = 'number'::text)), false));

alter table judged_windows add constraint judged_windows_line CHECK ((line = ANY (ARRAY['inputs'::text, 'truth'::text])));

alter table judged_windows add constraint judged_windows_rows CHECK ((rows >= 0));

alter table judged_windows add constraint judged_windows_times CHECK (("to" > "from"));

alter table judged_windows add constraint judged_windows_verdict CHECK ((verdict = ANY (ARRAY['pass'::text, 'fail'::text, 'inconclusive'::text, 'error'::text])));

alter table judged_windows add constraint judged_windows_version FOREIGN KEY (project, model, model_version) REFERENCES model_versions(project, model, version);

alter table judged_windows add constraint judged_windows_watch FOREIGN KEY (project, endpoint) REFERENCES watches(project, endpoint);

alter table judged_windows add constraint judged_windows_key PRIMARY KEY (project, endpoint, line, "from");

alter table letter_attempts add constraint letter_attempts_letter FOREIGN KEY (letter) REFERENCES letters(id);

alter table letter_attempts add constraint letter_attempts_key PRIMARY KEY (letter, at);

alter table letters add constraint letters_delivered CHECK (((status = 'delivered'::text) = (delivered_at IS NOT NULL)));

alter table letters add constraint letters_key CHECK (((length(key) >= 1) AND (length(key) <= 300)));

alter table letters add constraint letters_status CHECK ((status = ANY (ARRAY['pending'::text, 'delivered'::text, 'dead'::text])));

alter table letters add constraint letters_target CHECK (((length(target) >= 1) AND (length(target) <= 200)));

alter table letters add constraint letters_project FOREIGN KEY (project) REFERENCES projects(name);

alter table letters add constraint letters_pkey PRIMARY KEY (id);

alter table letters add constraint letters_once UNIQUE (project, target, key);

alter table members add constraint members_account CHECK (((length(account) >= 1) AND (length(account) <= 200)));

alter table members add constraint members_commit CHECK ((commit ~ '^[0-9a-f]{40}$'::text));

alter table members add constraint members_emails CHECK ((jsonb_typeof(emails) = 'array'::text));

alter table members add constraint members_roles CHECK ((jsonb_typeof(roles) = 'array'::text));

alter table members add constraint members_project FOREIGN KEY (project) REFERENCES projects(name);

alter table members add constraint members_key PRIMARY KEY (project, account);

alter table model_aliases add constraint model_aliases_alias CHECK ((alias ~ '^[a-z][a-z0-9-]{0,62}$'::text));

alter table model_aliases add constraint model_aliases_version FOREIGN KEY (project, model, version) REFERENCES model_versions(project, model, version);

alter table model_aliases add constraint model_aliases_key PRIMARY KEY (project, model, alias);

alter table model_aliases add constraint model_aliases_once UNIQUE (project, model, version);

alter table model_holds add constraint model_holds_by CHECK (((length(by) >= 1) AND (length(by) <= 200)));

alter table model_holds add constraint model_holds_project FOREIGN KEY (project) REFERENCES projects(name);

alter table model_holds add constraint model_holds_key PRIMARY KEY (project, model);

alter table model_lines add constraint model_lines_commit CHECK ((commit ~ '^[0-9a-f]{40}$'::text));

alter table model_lines add constraint model_lines_project FOREIGN KEY (project) REFERENCES projects(name);

alter table model_lines add constraint model_lines_key PRIMARY KEY (project, model);

alter table model_version_views add constraint model_version_views_version FOREIGN KEY (project, model, version, dataset, dataset_version) REFERENCES model_versions(project, model, version, dataset, dataset_version);

alter table model_version_views add constraint model_version_views_view FOREIGN KEY (project, dataset, dataset_version, view, view_version) REFERENCES dataset_views(project, dataset, version, view, view_version);

alter table model_version_views add constraint model_version_views_key PRIMARY KEY (project, model, version, view, view_version);

alter table model_versions add constraint model_versions_algorithm CHECK (((length(algorithm) >= 1) AND (length(algorithm) <= 200)));

alter table model_versions add constraint model_versions_card CHECK (COALESCE(((length((card ->> 'uri'::text)) > 0) AND ((card ->> 'sha256'::text) ~ '^[0-9a-f]{64}$'::text) AND (jsonb_typeof((card -> 'bytes'::text)) = 'number'::text)), false));

alter table model_versions add constraint model_versions_commit CHECK ((commit ~ '^[0-9a-f]{40}$'::text));

alter table model_versions add constraint model_versions_configuration CHECK ((configuration_digest ~ '^[0-9a-f]{64}$'::text));

alter table model_versions add constraint model_versions_digest CHECK ((model_digest = (file ->> 'sha256'::text)));

alter table model_versions add constraint model_versions_environment CHECK ((environment_digest ~ '^[0-9a-f]{64}$'::text));

alter table model_versions add constraint model_versions_file CHECK (COALESCE(((length((file ->> 'uri'::text)) > 0) AND ((file ->> 'sha256'::text) ~ '^[0-9a-f]{64}$'::text) AND (jsonb_typeof((file -> 'bytes'::text)) = 'number'::text)), false));

alter table model_versions add constraint model_versions_interface CHECK (COALESCE(((jsonb_array_length((interface -> 'inputs'::text)) > 0) AND (jsonb_array_length((interface -> 'outputs'::text)) > 0)), false));

alter table model_versions add constraint model_versions_tier CHECK ((isolation_tier = ANY (ARRAY['container'::text, 'namespace'::text, 'uid'::text, 'none'::text])));

alter table model_versions add constraint model_versions_dataset FOREIGN KEY (project, dataset, dataset_version, dataset_digest) REFERENCES dataset_versions(project, name, version, digest);

alter table model_versions add constraint model_versions_evaluation FOREIGN KEY (evaluation_id, run_id, model_digest, dataset_digest) REFERENCES evaluations(id, run_id, model_digest, dataset_digest);

alter table model_versions add constraint model_versions_run FOREIGN KEY (project, model, run_id) REFERENCES runs(project, model, id);

alter table model_versions add constraint model_versions_key PRIMARY KEY (project, model, version);

alter table model_versions add constraint model_versions_once_a_run UNIQUE (project, model, run_id);

alter table model_versions add constraint model_versions_with_dataset UNIQUE (project, model, version, dataset, dataset_version);

alter table policies add constraint policies_commit CHECK ((commit ~ '^[0-9a-f]{40}$'::text));

alter table policies add constraint policies_digest CHECK ((digest ~ '^[0-9a-f]{64}$'::text));

alter table policies add constraint policies_project FOREIGN KEY (project) REFERENCES projects(name);

alter table policies add constraint policies_key PRIMARY KEY (id);

alter table policy_verdicts add constraint policy_verdicts_facts CHECK (COALESCE(((length((facts ->> 'uri'::text)) > 0) AND ((facts ->> 'sha256'::text) ~ '^[0-9a-f]{64}$'::text) AND (jsonb_typeof((facts -> 'bytes'::text)) = 'number'::text)), false));

alter table policy_verdicts add constraint policy_verdicts_facts_digest CHECK ((facts_digest ~ '^[0-9a-f]{64}$'::text));

alter table policy_verdicts add constraint policy_verdicts_id CHECK (((length(id) >= 1) AND (length(id) <= 200)));

alter table policy_verdicts add constraint policy_verdicts_policy CHECK ((policy_digest ~ '^[0-9a-f]{64}$'::text));

alter table policy_verdicts add constraint policy_verdicts_verdict CHECK ((verdict = ANY (ARRAY['pass'::text, 'fail'::text, 'inconclusive'::text, 'error'::text])));

alter table policy_verdicts add constraint policy_verdicts_version FOREIGN KEY (project, model, version) REFERENCES model_versions(project, model, version);

alter table policy_verdicts add constraint policy_verdicts_pkey PRIMARY KEY (id);

alter table predictions add constraint predictions_row CHECK (("row" >= 0));

alter table predictions add constraint predictions_served FOREIGN KEY (served) REFERENCES served_models(id);

alter table predictions add constraint predictions_key PRIMARY KEY (at, id, "row");

alter table predictions_other add constraint predictions_row CHECK (("row" >= 0));

alter table predictions_other add constraint predictions_served FOREIGN KEY (served) REFERENCES served_models(id);

alter table predictions_other add constraint predictions_other_pkey PRIMARY KEY (at, id, "row");

alter table projects add constraint projects_commit CHECK ((commit ~ '^[0-9a-f]{40}$'::text));

alter table projects add constraint projects_name CHECK (((length(name) >= 1) AND (length(name) <= 200)));

alter table projects add constraint projects_pkey PRIMARY KEY (name);

alter table reference_profiles add constraint reference_profiles_profile CHECK (COALESCE(((length((profile ->> 'uri'::text)) > 0) AND ((profile ->> 'sha256'::text) ~ '^[0-9a-f]{64}$'::text) AND (jsonb_typeof((profile -> 'bytes'::text)) = 'number'::text)), false));

alter table reference_profiles add constraint reference_profiles_rule CHECK ((rule ~ '^[0-9a-f]{64}$'::text));

alter table reference_profiles add constraint reference_profiles_version FOREIGN KEY (project, model, version) REFERENCES model_versions(project, model, version);

alter table reference_profiles add constraint reference_profiles_key PRIMARY KEY (project, model, version, rule);

alter table release_logs add constraint release_logs_log CHECK (COALESCE(((length((log ->> 'uri'::text)) > 0) AND ((log ->> 'sha256'::text) ~ '^[0-9a-f]{64}$'::text) AND (jsonb_typeof((log -> 'bytes'::text)) = 'number'::text)), false));

alter table release_logs add constraint release_logs_release FOREIGN KEY (release_id) REFERENCES releases(id);

alter table release_logs add constraint release_logs_key PRIMARY KEY (release_id, step);

alter table release_refusals add constraint release_refusals_release FOREIGN KEY (release_id) REFERENCES releases(id);

alter table release_refusals add constraint release_refusals_key PRIMARY KEY (release_id, ordinal);

alter table release_results add constraint release_results_step FOREIGN KEY (release_id, name) REFERENCES release_steps(release_id, name);

alter table release_results add constraint release_results_key PRIMARY KEY (release_id, name, fence);

alter table release_steps add constraint release_steps_name CHECK (((length(name) >= 1) AND (length(name) <= 200)));

alter table release_steps add constraint release_steps_status CHECK ((status = ANY (ARRAY['running'::text, 'waiting'::text, 'succeeded'::text, 'refused'::text, 'failed'::text, 'cancelled'::text, 'skipped'::text, 'reused'::text])));

alter table release_steps add constraint release_steps_release FOREIGN KEY (release_id) REFERENCES releases(id);

alter table release_steps add constraint release_steps_key PRIMARY KEY (release_id, name);

alter table releases add constraint releases_commit CHECK ((commit ~ '^[0-9a-f]{40}$'::text));

alter table releases add constraint releases_id CHECK (((length(id) >= 1) AND (length(id) <= 200)));

alter table releases add constraint releases_kind CHECK ((kind = ANY (ARRAY['deploy'::text, 'rollback'::text, 'scale'::text])));

alter table releases add constraint releases_status CHECK ((status = ANY (ARRAY['running'::text, 'waiting'::text, 'succeeded'::text, 'refused'::text, 'failed'::text, 'cancelled'::text])));

alter table releases add constraint releases_endpoint FOREIGN KEY (project, endpoint) REFERENCES endpoints(project, endpoint);

alter table releases add constraint releases_model_version FOREIGN KEY (project, model, model_version) REFERENCES model_versions(project, model, version);

alter table releases add constraint releases_pkey PRIMARY KEY (id);

alter table releases add constraint releases_of_endpoint UNIQUE (project, endpoint, id);

alter table revisions add constraint revisions_application_commit CHECK ((application_commit ~ '^[0-9a-f]{40}$'::text));

alter table revisions add constraint revisions_image_digest CHECK ((image_digest ~ '^sha256:[0-9a-f]{64}$'::text));

alter table revisions add constraint revisions_model_digest CHECK ((model_digest ~ '^[0-9a-f]{64}$'::text));

alter table revisions add constraint revisions_times CHECK ((until >= "from"));

alter table revisions add constraint revisions_model_version FOREIGN KEY (project, model, model_version) REFERENCES model_versions(project, model, version);

alter table revisions add constraint revisions_release FOREIGN KEY (project, endpoint, release_id) REFERENCES releases(project, endpoint, id);

alter table revisions add constraint revisions_key PRIMARY KEY (project, endpoint, revision);

alter table revisions add constraint revisions_ordinal UNIQUE (project, endpoint, ordinal);

alter table run_logs add constraint run_logs_log CHECK (COALESCE(((length((log ->> 'uri'::text)) > 0) AND ((log ->> 'sha256'::text) ~ '^[0-9a-f]{64}$'::text) AND (jsonb_typeof((log -> 'bytes'::text)) = 'number'::text)), false));

alter table run_logs add constraint run_logs_run FOREIGN KEY (run_id) REFERENCES runs(id);

alter table run_logs add constraint run_logs_key PRIMARY KEY (run_id, step);

alter table run_metrics add constraint run_metrics_name CHECK (((length(name) >= 1) AND (length(name) <= 200)));

alter table run_metrics add constraint run_metrics_value CHECK (((value > '-Infinity'::double precision) AND (value < 'Infinity'::double precision)));

alter table run_metrics add constraint run_metrics_run FOREIGN KEY (run_id) REFERENCES runs(id);

alter table run_metrics add constraint run_metrics_key PRIMARY KEY (run_id, name, step);

alter table run_refusals add constraint run_refusals_run FOREIGN KEY (run_id) REFERENCES runs(id);

alter table run_refusals add constraint run_refusals_key PRIMARY KEY (run_id, ordinal);

alter table run_results add constraint run_results_step FOREIGN KEY (run_id, name) REFERENCES run_steps(run_id, name);

alter table run_results add constraint run_results_key PRIMARY KEY (run_id, name, fence);

alter table run_scores add constraint run_scores_metric CHECK (((length(metric) >= 1) AND (length(metric) <= 200)));

alter table run_scores add constraint run_scores_value CHECK (((value > '-Infinity'::double precision) AND (value < 'Infinity'::double precision)));

alter table run_scores add constraint run_scores_run FOREIGN KEY (project, model, run_id) REFERENCES runs(project, model, id);

alter table run_scores add constraint run_scores_key PRIMARY KEY (run_id, metric);

alter table run_steps add constraint run_steps_name CHECK (((length(name) >= 1) AND (length(name) <= 200)));

alter table run_steps add constraint run_steps_status CHECK ((status = ANY (ARRAY['running'::text, 'waiting'::text, 'succeeded'::text, 'refused'::text, 'failed'::text, 'cancelled'::text, 'skipped'::text, 'reused'::text])));

alter table run_steps add constraint run_steps_run FOREIGN KEY (run_id) REFERENCES runs(id);

alter table run_steps add constraint run_steps_key PRIMARY KEY (run_id, name);

alter table runs add constraint runs_commit CHECK ((commit ~ '^[0-9a-f]{40}$'::text));

alter table runs add constraint runs_id CHECK (((length(id) >= 1) AND (length(id) <= 200)));

alter table runs add constraint runs_model CHECK (((length(model) >= 1) AND (length(model) <= 200)));

alter table runs add constraint runs_status CHECK ((status = ANY (ARRAY['running'::text, 'waiting'::text, 'succeeded'::text, 'refused'::text, 'failed'::text, 'cancelled'::text])));

alter table runs add constraint runs_project FOREIGN KEY (project) REFERENCES projects(name);

alter table runs add constraint runs_pkey PRIMARY KEY (id);

alter table runs add constraint runs_of_model UNIQUE (project, model, id);

alter table schedule_pauses add constraint schedule_pauses_by CHECK (((length(by) >= 1) AND (length(by) <= 200)));

alter table schedule_pauses add constraint schedule_pauses_project FOREIGN KEY (project) REFERENCES projects(name);

alter table schedule_pauses add constraint schedule_pauses_key PRIMARY KEY (project, id);

alter table schedules add constraint schedules_declared CHECK ((declared ~ '^[0-9a-f]{64}$'::text));

alter table schedules add constraint schedules_kind CHECK ((kind = ANY (ARRAY['slot'::text, 'source'::text, 'refs'::text])));

alter table schedules add constraint schedules_project FOREIGN KEY (project) REFERENCES projects(name);

alter table schedules add constraint schedules_key PRIMARY KEY (project, id);

alter table served_hours add constraint served_hours_counts CHECK ((LEAST((answered)::double precision, (rows)::double precision, (refused)::double precision, (failed)::double precision, sum_ms) >= (0)::double precision));

alter table served_hours add constraint served_hours_endpoint CHECK (((length(endpoint) >= 1) AND (length(endpoint) <= 200)));

alter table served_hours add constraint served_hours_model CHECK (((length(model) >= 1) AND (length(model) <= 200)));

alter table served_hours add constraint served_hours_version CHECK (((length(version) >= 1) AND (length(version) <= 200)));

alter table served_hours add constraint served_hours_key PRIMARY KEY (endpoint, at, model, version);

alter table served_minutes add constraint served_minutes_counts CHECK ((LEAST((answered)::double precision, (rows)::double precision, (refused)::double precision, (failed)::double precision, sum_ms) >= (0)::double precision));

alter table served_minutes add constraint served_minutes_endpoint CHECK (((length(endpoint) >= 1) AND (length(endpoint) <= 200)));

alter table served_minutes add constraint served_minutes_model CHECK (((length(model) >= 1) AND (length(model) <= 200)));

alter table served_minutes add constraint served_minutes_version CHECK (((length(version) >= 1) AND (length(version) <= 200)));

alter table served_minutes add constraint served_minutes_key PRIMARY KEY (endpoint, at, model, version, server);

alter table served_models add constraint served_models_digest CHECK ((model_digest ~ '^[0-9a-f]{64}$'::text));

alter table served_models add constraint served_models_pkey PRIMARY KEY (id);

alter table sign_in_codes add constraint sign_in_codes_sha256 CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text));

alter table sign_in_codes add constraint sign_in_codes_account FOREIGN KEY (account) REFERENCES accounts(name);

alter table sign_in_codes add constraint sign_in_codes_pkey PRIMARY KEY (sha256);

alter table signing_keys add constraint signing_keys_id CHECK ((id ~ '^[0-9a-f]{16}$'::text));

alter table signing_keys add constraint signing_keys_public_key CHECK ((public_key ~~ '-----BEGIN PUBLIC KEY-----%'::text));

alter table signing_keys add constraint signing_keys_pkey PRIMARY KEY (id);

alter table silences add constraint silences_kind CHECK ((kind = ANY (ARRAY['data-skew'::text, 'training-serving-skew'::text, 'harmful-drift'::text, 'concept-drift'::text, 'prior-shift'::text, 'covariate-drift'::text, 'unexplained-loss'::text])));

alter table silences add constraint silences_owner CHECK (((length(owner) >= 1) AND (length(owner) <= 200)));

alter table silences add constraint silences_watch FOREIGN KEY (project, endpoint) REFERENCES watches(project, endpoint);

alter table silences add constraint silences_pkey PRIMARY KEY (id);

alter table stage_moves add constraint stage_moves_actor CHECK (((length(actor) >= 1) AND (length(actor) <= 200)));

alter table stage_moves add constraint stage_moves_from CHECK (("from" = ANY (ARRAY['registered'::text, 'candidate'::text, 'champion'::text, 'previous'::text, 'archived'::text, 'refused'::text, 'retired'::text])));

alter table stage_moves add constraint stage_moves_lifecycle CHECK ((((((((((((((((("from" = 'registered'::text) AND ("to" = 'candidate'::text)) OR (("from" = 'registered'::text) AND ("to" = 'refused'::text))) OR (("from" = 'registered'::text) AND ("to" = 'retired'::text))) OR (("from" = 'candidate'::text) AND ("to" = 'champion'::text))) OR (("from" = 'candidate'::text) AND ("to" = 'refused'::text))) OR (("from" = 'candidate'::text) AND ("to" = 'retired'::text))) OR (("from" = 'champion'::text) AND ("to" = 'previous'::text))) OR (("from" = 'champion'::text) AND ("to" = 'archived'::text))) OR (("from" = 'previous'::text) AND ("to" = 'champion'::text))) OR (("from" = 'previous'::text) AND ("to" = 'archived'::text))) OR (("from" = 'archived'::text) AND ("to" = 'candidate'::text))) OR (("from" = 'archived'::text) AND ("to" = 'refused'::text))) OR (("from" = 'archived'::text) AND ("to" = 'retired'::text))) OR (("from" = 'refused'::text) AND ("to" = 'candidate'::text))) OR (("from" = 'refused'::text) AND ("to" = 'retired'::text))));

alter table stage_moves add constraint stage_moves_approval FOREIGN KEY (approval) REFERENCES approvals(id);

alter table stage_moves add constraint stage_moves_version FOREIGN KEY (project, model, version) REFERENCES model_versions(project, model, version);

alter table stage_moves add constraint stage_moves_key PRIMARY KEY (id);

alter table test_looks add constraint test_looks_dataset_digest CHECK ((dataset_digest ~ '^[0-9a-f]{64}$'::text));

alter table test_looks add constraint test_looks_evaluation CHECK (((length(evaluation_id) >= 1) AND (length(evaluation_id) <= 200)));

alter table test_looks add constraint test_looks_project FOREIGN KEY (project) REFERENCES projects(name);

alter table test_looks add constraint test_looks_key PRIMARY KEY (project, model, dataset_digest, evaluation_id);

alter table tokens add constraint tokens_id CHECK (((length(id) >= 1) AND (length(id) <= 200)));

alter table tokens add constraint tokens_label CHECK ((length(label) <= 200));

alter table tokens add constraint tokens_method CHECK ((method = ANY (ARRAY['set-up-code'::text, 'oidc'::text, 'issued'::text, 'stack'::text])));

alter table tokens add constraint tokens_scopes CHECK ((jsonb_typeof(scopes) = 'array'::text));

alter table tokens add constraint tokens_sha256 CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text));

alter table tokens add constraint tokens_account FOREIGN KEY (account) REFERENCES accounts(name);

alter table tokens add constraint tokens_pkey PRIMARY KEY (id);

alter table tokens add constraint tokens_sha256_once UNIQUE (sha256);

alter table tracked_refs add constraint tracked_refs_commit CHECK ((commit ~ '^[0-9a-f]{40}$'::text));

alter table tracked_refs add constraint tracked_refs_ref CHECK (((length(ref) >= 1) AND (length(ref) <= 300)));

alter table tracked_refs add constraint tracked_refs_project FOREIGN KEY (project) REFERENCES projects(name);

alter table tracked_refs add constraint tracked_refs_key PRIMARY KEY (project, ref);

alter table trigger_events add constraint trigger_events_key CHECK (((length(key) >= 1) AND (length(key) <= 300)));

alter table trigger_events add constraint trigger_events_kind CHECK ((kind = ANY (ARRAY['push'::text, 'schedule'::text, 'new-data'::text, 'monitoring'::text, 'event'::text, 'promotion'::text, 'manual'::text])));

alter table trigger_events add constraint trigger_events_model CHECK (((length(model) >= 1) AND (length(model) <= 200)));

alter table trigger_events add constraint trigger_events_outcome CHECK ((outcome = ANY (ARRAY['started'::text, 'merged'::text, 'suppressed'::text])));

alter table trigger_events add constraint trigger_events_ran CHECK (((run_id IS NOT NULL) = (COALESCE(outcome, 'suppressed'::text) <> 'suppressed'::text)));

alter table trigger_events add constraint trigger_events_rule CHECK ((rule = ANY (ARRAY['turned-off'::text, 'filter'::text, 'cool-down'::text, 'budget'::text, 'veto'::text, 'held'::text, 'no-such-time'::text, 'superseded'::text, 'no-pipeline'::text])));

alter table trigger_events add constraint trigger_events_settled CHECK (((outcome IS NULL) = (settled_at IS NULL)));

alter table trigger_events add constraint trigger_events_size CHECK ((octet_length((facts)::text) <= 65536));

alter table trigger_events add constraint trigger_events_vetoed CHECK (((veto IS NOT NULL) = (NOT (rule IS DISTINCT FROM 'veto'::text))));

alter table trigger_events add constraint trigger_events_why CHECK ((((rule IS NULL) = (reason IS NULL)) AND ((rule IS NOT NULL) = (NOT (outcome IS DISTINCT FROM 'suppressed'::text)))));

alter table trigger_events add constraint trigger_events_project FOREIGN KEY (project) REFERENCES projects(name);

alter table trigger_events add constraint trigger_events_run FOREIGN KEY (project, model, run_id) REFERENCES runs(project, model, id);

alter table trigger_events add constraint trigger_events_veto FOREIGN KEY (veto) REFERENCES vetoes(id);

alter table trigger_events add constraint trigger_events_pkey PRIMARY KEY (id);

alter table trigger_events add constraint trigger_events_once UNIQUE (project, model, key);

alter table vetoes add constraint vetoes_by CHECK (((length(by) >= 1) AND (length(by) <= 200)));

alter table vetoes add constraint vetoes_project FOREIGN KEY (project) REFERENCES projects(name);

alter table vetoes add constraint vetoes_key PRIMARY KEY (id);

alter table votes add constraint votes_approver CHECK (((length(approver) >= 1) AND (length(approver) <= 200)));

alter table votes add constraint votes_channel CHECK ((channel = ANY (ARRAY['update'::text, 'signal'::text])));

alter table votes add constraint votes_decision CHECK ((decision = ANY (ARRAY['approve'::text, 'reject'::text])));

alter table votes add constraint votes_id CHECK (((length(id) >= 1) AND (length(id) <= 200)));

alter table votes add constraint votes_on_behalf_of CHECK (((length(on_behalf_of) >= 1) AND (length(on_behalf_of) <= 200)));

alter table votes add constraint votes_refusal CHECK (((status = 'refused'::text) = (refusal IS NOT NULL)));

alter table votes add constraint votes_settled CHECK (((status = 'pending'::text) = (settled_at IS NULL)));

alter table votes add constraint votes_size CHECK ((octet_length((envelope)::text) <= 10240));

alter table votes add constraint votes_status CHECK ((status = ANY (ARRAY['pending'::text, 'counted'::text, 'refused'::text])));

alter table votes add constraint votes_approval FOREIGN KEY (approval) REFERENCES approvals(id);

alter table votes add constraint votes_pkey PRIMARY KEY (id);

alter table wanted_revisions add constraint wanted_revisions_ordinal CHECK ((ordinal > 0));

alter table wanted_revisions add constraint wanted_revisions_release FOREIGN KEY (project, endpoint, release_id) REFERENCES releases(project, endpoint, id);

alter table wanted_revisions add constraint wanted_revisions_key PRIMARY KEY (project, endpoint, ordinal);

alter table watches add constraint watches_commit CHECK ((commit ~ '^[0-9a-f]{40}$'::text));

alter table watches add constraint watches_endpoint FOREIGN KEY (project, endpoint) REFERENCES endpoints(project, endpoint);

alter table watches add constraint watches_key PRIMARY KEY (project, endpoint);

alter table watermarks add constraint watermarks_value CHECK (((length(value) >= 1) AND (length(value) <= 1024)));

alter table watermarks add constraint watermarks_project FOREIGN KEY (project) REFERENCES projects(name);

alter table watermarks add constraint watermarks_key PRIMARY KEY (project, model, name);

-- indexes

CREATE INDEX approvals_newest ON public.approvals USING btree (opened_at, id);

CREATE INDEX approvals_newest_of_project ON public.approvals USING btree (project, opened_at, id);

CREATE INDEX approvals_open ON public.approvals USING btree (opened_at, id) WHERE (status = 'open'::text);

CREATE INDEX attestations_of_version ON public.attestations USING btree (project, model, version);

CREATE INDEX audit_events_of_action ON public.audit_events USING btree (action, seq);

CREATE INDEX audit_events_of_actor ON public.audit_events USING btree (actor, seq);

CREATE INDEX audit_events_of_project ON public.audit_events USING btree (project, seq);

CREATE INDEX audit_events_of_subject ON public.audit_events USING btree (subject, seq);

CREATE INDEX dataset_versions_alike ON public.dataset_versions USING btree (key);

CREATE UNIQUE INDEX dataset_versions_key_once ON public.dataset_versions USING btree (project, name, key, ((manifest ->> 'sha256'::text)));

CREATE INDEX dataset_views_users ON public.dataset_views USING btree (project, view);

CREATE INDEX delegations_of_project ON public.delegations USING btree (project, created_at);

CREATE INDEX deliveries_newest_of_project ON public.deliveries USING btree (project, received_at, id);

CREATE INDEX deliveries_oldest ON public.deliveries USING btree (handled_at) WHERE (status <> 'pending'::text);

CREATE INDEX deliveries_pending ON public.deliveries USING btree (received_at, id) WHERE (status = 'pending'::text);

CREATE INDEX endpoints_of_model ON public.endpoints USING btree (project, model) WHERE (retired_at IS NULL);

CREATE INDEX feature_vectors_of_view ON public.feature_vectors USING btree (project, view, created_at);

CREATE INDEX feedback_aside_oldest ON public.feedback_aside USING btree (received_at);

CREATE INDEX incidents_newest ON public.incidents USING btree (created_at, id);

CREATE UNIQUE INDEX incidents_one_open ON public.incidents USING btree (project, endpoint, cause) WHERE (closed_at IS NULL);

CREATE INDEX letters_newest ON public.letters USING btree (seq);

CREATE INDEX letters_newest_of_project ON public.letters USING btree (project, seq);

CREATE INDEX letters_pending ON public.letters USING btree (project, target, model, seq) WHERE (status = 'pending'::text);

CREATE INDEX members_of_account ON public.members USING btree (account);

CREATE UNIQUE INDEX policies_in_force_once ON public.policies USING btree (COALESCE(project, ''::text), COALESCE(model, ''::text)) WHERE (out_of_force_at IS NULL);

CREATE INDEX policy_verdicts_newest ON public.policy_verdicts USING btree (project, model, version, ordinal);

CREATE INDEX predictions_by_event ON ONLY public.predictions USING btree (served, COALESCE(event_at, at));

CREATE INDEX predictions_of_model ON ONLY public.predictions USING btree (served, at);

CREATE INDEX predictions_other_served_at_idx ON public.predictions_other USING btree (served, at);

CREATE INDEX predictions_other_served_coalesce_idx ON public.predictions_other USING btree (served, COALESCE(event_at, at));

CREATE UNIQUE INDEX projects_one_organisation ON public.projects USING btree (((config -> 'organisation'::text))) WHERE ((config -> 'organisation'::text) = 'true'::jsonb);

CREATE INDEX releases_newest ON public.releases USING btree (ordinal);

CREATE INDEX releases_newest_of_endpoint ON public.releases USING btree (project, endpoint, ordinal);

CREATE UNIQUE INDEX releases_one_in_flight ON public.releases USING btree (project, endpoint) WHERE (in_turn AND (status = ANY (ARRAY['running'::text, 'waiting'::text])));

CREATE INDEX releases_open ON public.releases USING btree (ordinal) WHERE (status = ANY (ARRAY['running'::text, 'waiting'::text]));

CREATE UNIQUE INDEX revisions_one_live ON public.revisions USING btree (project, endpoint) WHERE (until IS NULL);

CREATE INDEX run_scores_best ON public.run_scores USING btree (metric, value, run_id);

CREATE INDEX run_scores_best_of_model ON public.run_scores USING btree (model, metric, value, run_id);

CREATE INDEX runs_automatic ON public.runs USING btree (project, model, created_at) WHERE automatic;

CREATE INDEX runs_newest ON public.runs USING btree (created_at, id);

CREATE INDEX runs_newest_of_model ON public.runs USING btree (model, created_at, id);

CREATE INDEX runs_newest_of_project ON public.runs USING btree (project, created_at, id);

CREATE INDEX runs_open ON public.runs USING btree (created_at) WHERE (status = ANY (ARRAY['running'::text, 'waiting'::text]));

CREATE INDEX served_hours_oldest ON public.served_hours USING btree (at);

CREATE INDEX served_minutes_oldest ON public.served_minutes USING btree (at);

CREATE INDEX silences_of_endpoint ON public.silences USING btree (project, endpoint, until);

CREATE UNIQUE INDEX stage_moves_approval_once ON public.stage_moves USING btree (approval) WHERE (("to" = 'champion'::text) AND ("from" <> 'previous'::text));

CREATE INDEX stage_moves_champions ON public.stage_moves USING btree (project, model, id) WHERE ("to" = 'champion'::text);

CREATE UNIQUE INDEX stage_moves_once ON public.stage_moves USING btree (project, model, version, ordinal);

CREATE INDEX tokens_of_account ON public.tokens USING btree (account, created_at);

CREATE INDEX trigger_events_newest ON public.trigger_events USING btree (received_at, id);

CREATE INDEX trigger_events_newest_of_model ON public.trigger_events USING btree (project, model, received_at, id);

CREATE INDEX trigger_events_newest_of_project ON public.trigger_events USING btree (project, received_at, id);

CREATE INDEX trigger_events_of_run ON public.trigger_events USING btree (run_id, received_at, id) WHERE (run_id IS NOT NULL);

CREATE INDEX trigger_events_pending ON public.trigger_events USING btree (project, model, received_at, id) WHERE (outcome IS NULL);

CREATE UNIQUE INDEX trigger_events_starts ON public.trigger_events USING btree (run_id) WHERE (outcome = 'started'::text);

CREATE INDEX votes_of_approval ON public.votes USING btree (approval, cast_at, id);

CREATE UNIQUE INDEX votes_once ON public.votes USING btree (approval, approver) WHERE (status <> 'refused'::text);

CREATE INDEX votes_pending ON public.votes USING btree (approver) WHERE (status = 'pending'::text);

-- triggers

CREATE TRIGGER approvals_in_order BEFORE INSERT OR UPDATE ON public.approvals FOR EACH ROW EXECUTE FUNCTION approvals_in_order();

CREATE CONSTRAINT TRIGGER audit_account_changed AFTER UPDATE ON public.accounts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('account.changed', '', 'name', 'kind,email,admin,disabled_at');

CREATE CONSTRAINT TRIGGER audit_account_created AFTER INSERT ON public.accounts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('account.created', '', 'name', 'kind,email,admin');

CREATE CONSTRAINT TRIGGER audit_alias_removed AFTER DELETE ON public.model_aliases DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('alias.removed', 'project', 'model @ version', 'alias');

CREATE CONSTRAINT TRIGGER audit_alias_set AFTER INSERT OR UPDATE ON public.model_aliases DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('alias.set', 'project', 'model @ version', 'alias');

CREATE CONSTRAINT TRIGGER audit_approval_ended AFTER UPDATE ON public.approvals DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.status <> new.status)) EXECUTE FUNCTION audit_change('approval.ended', 'project', 'id', 'status,reason');

CREATE CONSTRAINT TRIGGER audit_approval_entered AFTER UPDATE ON public.approvals DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.stage <> new.stage)) EXECUTE FUNCTION audit_change('approval.stage-entered', 'project', 'id', 'stage');

CREATE CONSTRAINT TRIGGER audit_approval_opened AFTER INSERT ON public.approvals DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('approval.opened', 'project', 'id', 'kind,subject,round,digests,stages,author_set,requested_by');

CREATE CONSTRAINT TRIGGER audit_change_in_force AFTER INSERT ON public.applied_changes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('change.in-force', 'project', 'approval', 'commit');

CREATE CONSTRAINT TRIGGER audit_code_issued AFTER INSERT ON public.sign_in_codes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('code.issued', '', 'account', 'expires_at');

CREATE CONSTRAINT TRIGGER audit_code_used AFTER UPDATE ON public.sign_in_codes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.used_at IS NULL) AND (new.used_at IS NOT NULL))) EXECUTE FUNCTION audit_change('code.used', '', 'account', 'used_at');

CREATE CONSTRAINT TRIGGER audit_dataset_published AFTER INSERT ON public.dataset_versions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('dataset.published', 'project', 'name @ version', 'digest,key,rows,quarantined,commit,run_id');

CREATE CONSTRAINT TRIGGER audit_dataset_tagged AFTER INSERT OR UPDATE ON public.dataset_tags DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('dataset.tagged', 'project', 'name @ version', 'tag,where');

CREATE CONSTRAINT TRIGGER audit_delegation_ended AFTER UPDATE ON public.delegations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('delegation.ended', 'project', 'id', 'from,to,role,ended_at');

CREATE CONSTRAINT TRIGGER audit_delegation_made AFTER INSERT ON public.delegations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('delegation.made', 'project', 'id', 'from,to,role,until');

CREATE CONSTRAINT TRIGGER audit_endpoint_changed AFTER UPDATE ON public.endpoints DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((((old.model IS DISTINCT FROM new.model) OR (old.commit IS DISTINCT FROM new.commit)) OR (old.config IS DISTINCT FROM new.config)) OR ((old.retired_at IS NOT NULL) AND (new.retired_at IS NULL)))) EXECUTE FUNCTION audit_change('endpoint.changed', 'project', 'endpoint', 'model,commit,config');

CREATE CONSTRAINT TRIGGER audit_endpoint_declared AFTER INSERT ON public.endpoints DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('endpoint.declared', 'project', 'endpoint', 'model,commit,config');

CREATE CONSTRAINT TRIGGER audit_endpoint_retired AFTER UPDATE ON public.endpoints DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.retired_at IS NULL) AND (new.retired_at IS NOT NULL))) EXECUTE FUNCTION audit_change('endpoint.retired', 'project', 'endpoint', 'model,commit');

CREATE CONSTRAINT TRIGGER audit_endpoint_scaled AFTER UPDATE ON public.endpoints DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.scaled_to IS DISTINCT FROM new.scaled_to)) EXECUTE FUNCTION audit_change('endpoint.scaled', 'project', 'endpoint', 'scaled_to');

CREATE CONSTRAINT TRIGGER audit_feature_declared AFTER INSERT ON public.feature_views DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('feature.declared', 'project', 'name @ version', 'digest,commit');

CREATE CONSTRAINT TRIGGER audit_incident_acknowledged AFTER UPDATE ON public.incidents DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.acknowledged_by IS DISTINCT FROM new.acknowledged_by)) EXECUTE FUNCTION audit_change('incident.acknowledged', 'project', 'id', 'endpoint,acknowledged_by');

CREATE CONSTRAINT TRIGGER audit_incident_closed AFTER UPDATE ON public.incidents DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.closed_at IS NULL) AND (new.closed_at IS NOT NULL))) EXECUTE FUNCTION audit_change('incident.closed', 'project', 'id', 'endpoint,kind,closed_by,closed_because');

CREATE CONSTRAINT TRIGGER audit_incident_graver AFTER UPDATE ON public.incidents DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.kind IS DISTINCT FROM new.kind) OR (old.asks_for_run IS DISTINCT FROM new.asks_for_run))) EXECUTE FUNCTION audit_change('incident.changed', 'project', 'id', 'endpoint,kind,asks_for_run,course');

CREATE CONSTRAINT TRIGGER audit_incident_opened AFTER INSERT ON public.incidents DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('incident.opened', 'project', 'id', 'endpoint,cause,kind,model,model_version,opened_at');

CREATE CONSTRAINT TRIGGER audit_member_added AFTER INSERT ON public.members DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('member.added', 'project', 'account', 'roles,emails,commit');

CREATE CONSTRAINT TRIGGER audit_member_changed AFTER UPDATE ON public.members DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.roles IS DISTINCT FROM new.roles) OR (old.emails IS DISTINCT FROM new.emails))) EXECUTE FUNCTION audit_change('member.changed', 'project', 'account', 'roles,emails,commit');

CREATE CONSTRAINT TRIGGER audit_member_removed AFTER DELETE ON public.members DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('member.removed', 'project', 'account', 'roles,commit');

CREATE CONSTRAINT TRIGGER audit_model_accepted AFTER INSERT ON public.stage_moves DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new."to" = 'candidate'::text)) EXECUTE FUNCTION audit_change('model.accepted', 'project', 'model @ version', 'from,to,actor,reason,approval');

CREATE CONSTRAINT TRIGGER audit_model_attested AFTER INSERT ON public.attestations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('model.attested', 'project', 'model @ version', 'payload_sha256,approval');

CREATE CONSTRAINT TRIGGER audit_model_displaced AFTER INSERT ON public.stage_moves DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new."to" = ANY (ARRAY['previous'::text, 'archived'::text]))) EXECUTE FUNCTION audit_change('model.displaced', 'project', 'model @ version', 'from,to,actor,reason,approval');

CREATE CONSTRAINT TRIGGER audit_model_held AFTER INSERT OR UPDATE ON public.model_holds DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('model.held', 'project', 'model', 'by,reason');

CREATE CONSTRAINT TRIGGER audit_model_promoted AFTER INSERT ON public.stage_moves DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new."to" = 'champion'::text) AND (new."from" <> 'previous'::text))) EXECUTE FUNCTION audit_change('model.promoted', 'project', 'model @ version', 'from,to,actor,reason,approval');

CREATE CONSTRAINT TRIGGER audit_model_refused AFTER INSERT ON public.stage_moves DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new."to" = 'refused'::text)) EXECUTE FUNCTION audit_change('model.refused', 'project', 'model @ version', 'from,to,actor,reason,approval');

CREATE CONSTRAINT TRIGGER audit_model_registered AFTER INSERT ON public.model_versions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('model.registered', 'project', 'model @ version', 'run_id,commit,model_digest,dataset,dataset_version,dataset_digest,evaluation_id,configuration_digest,environment_digest,isolation_tier');

CREATE CONSTRAINT TRIGGER audit_model_released AFTER DELETE ON public.model_holds DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('model.released', 'project', 'model', 'by,reason,since');

CREATE CONSTRAINT TRIGGER audit_model_retired AFTER INSERT ON public.stage_moves DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new."to" = 'retired'::text)) EXECUTE FUNCTION audit_change('model.retired', 'project', 'model @ version', 'from,to,actor,reason,approval');

CREATE CONSTRAINT TRIGGER audit_model_rolled_back AFTER INSERT ON public.stage_moves DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new."to" = 'champion'::text) AND (new."from" = 'previous'::text))) EXECUTE FUNCTION audit_change('model.rolled-back', 'project', 'model @ version', 'from,to,actor,reason,approval');

CREATE CONSTRAINT TRIGGER audit_policy_in_force AFTER INSERT ON public.policies DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('policy.in-force', 'project', 'policy: digest', 'model,digest,commit');

CREATE CONSTRAINT TRIGGER audit_policy_judged AFTER INSERT ON public.policy_verdicts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('policy.judged', 'project', 'model @ version', 'id,verdict,policy_digest,facts_digest,digests');

CREATE CONSTRAINT TRIGGER audit_policy_out_of_force AFTER UPDATE ON public.policies DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('policy.out-of-force', 'project', 'policy: digest', 'model,digest,commit');

CREATE CONSTRAINT TRIGGER audit_project_added AFTER INSERT ON public.projects DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('project.added', 'name', 'name', 'repo,ref,commit');

CREATE CONSTRAINT TRIGGER audit_project_changed AFTER UPDATE ON public.projects DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((((old.ref IS DISTINCT FROM new.ref) OR (old.commit IS DISTINCT FROM new.commit)) OR (old.config IS DISTINCT FROM new.config))) EXECUTE FUNCTION audit_change('project.changed', 'name', 'name', 'ref,commit');

CREATE CONSTRAINT TRIGGER audit_release_created AFTER INSERT ON public.releases DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('release.created', 'project', 'id', 'endpoint,kind,model,causes');

CREATE CONSTRAINT TRIGGER audit_release_ended AFTER UPDATE ON public.releases DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.ended_at IS NULL) AND (new.ended_at IS NOT NULL))) EXECUTE FUNCTION audit_change('release.ended', 'project', 'id', 'endpoint,kind,status,reason,commit,model_version');

CREATE CONSTRAINT TRIGGER audit_revision_ended AFTER UPDATE ON public.revisions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('revision.ended', 'project', 'endpoint', 'revision,ordinal,until');

CREATE CONSTRAINT TRIGGER audit_revision_live AFTER INSERT ON public.revisions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('revision.live', 'project', 'endpoint', 'revision,ordinal,release_id,model,model_version,model_digest,application_commit,image_digest,from');

CREATE CONSTRAINT TRIGGER audit_revision_wanted AFTER INSERT ON public.wanted_revisions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('revision.wanted', 'project', 'endpoint', 'revision,ordinal,release_id');

CREATE CONSTRAINT TRIGGER audit_run_created AFTER INSERT ON public.runs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('run.created', 'project', 'id', 'model,ref,variant,causes');

CREATE CONSTRAINT TRIGGER audit_run_ended AFTER UPDATE ON public.runs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.ended_at IS NULL) AND (new.ended_at IS NOT NULL))) EXECUTE FUNCTION audit_change('run.ended', 'project', 'id', 'model,status,reason,commit,round');

CREATE CONSTRAINT TRIGGER audit_run_reopened AFTER UPDATE ON public.runs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.round <> new.round)) EXECUTE FUNCTION audit_change('run.reopened', 'project', 'id', 'model,ref,round,cause');

CREATE CONSTRAINT TRIGGER audit_schedule_paused AFTER INSERT OR UPDATE ON public.schedule_pauses DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('schedule.paused', 'project', 'id', 'by,reason');

CREATE CONSTRAINT TRIGGER audit_schedule_resumed AFTER DELETE ON public.schedule_pauses DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('schedule.resumed', 'project', 'id', 'by,reason,since');

CREATE CONSTRAINT TRIGGER audit_signing_key_added AFTER INSERT ON public.signing_keys DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('signing-key.added', '', 'id', 'not_before,not_after,revoked_at');

CREATE CONSTRAINT TRIGGER audit_signing_key_changed AFTER DELETE OR UPDATE ON public.signing_keys DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('signing-key.changed', '', 'id', 'not_before,not_after,revoked_at');

CREATE CONSTRAINT TRIGGER audit_silence_set AFTER INSERT ON public.silences DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('silence.set', 'project', 'id', 'endpoint,kind,owner,reason,until');

CREATE CONSTRAINT TRIGGER audit_token_created AFTER INSERT ON public.tokens DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('token.created', 'only_project', 'account / id', 'label,method,scopes,expires_at');

CREATE CONSTRAINT TRIGGER audit_token_revoked AFTER UPDATE ON public.tokens DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.revoked_at IS NULL) AND (new.revoked_at IS NOT NULL))) EXECUTE FUNCTION audit_change('token.revoked', 'only_project', 'account / id', 'label,revoked_at');

CREATE CONSTRAINT TRIGGER audit_trigger_vetoed AFTER INSERT ON public.vetoes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('trigger.vetoed', 'project', 'model', 'by,reason,events');

CREATE CONSTRAINT TRIGGER audit_vote_cast AFTER INSERT ON public.votes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('vote.cast', '', 'approval', 'id,approver,on_behalf_of,decision,reason');

CREATE CONSTRAINT TRIGGER audit_vote_settled AFTER UPDATE ON public.votes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.status <> new.status)) EXECUTE FUNCTION audit_change('vote.settled', '', 'approval', 'id,approver,status,refusal,stage,channel');

CREATE CONSTRAINT TRIGGER audit_watch_changed AFTER UPDATE ON public.watches DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.config IS DISTINCT FROM new.config)) EXECUTE FUNCTION audit_change('watch.changed', 'project', 'endpoint', 'commit,config');

CREATE CONSTRAINT TRIGGER audit_watch_declared AFTER INSERT ON public.watches DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_change('watch.declared', 'project', 'endpoint', 'commit,config');

CREATE TRIGGER causes_grow BEFORE UPDATE OF causes ON public.runs FOR EACH ROW EXECUTE FUNCTION causes_grow();

CREATE CONSTRAINT TRIGGER champion_is_let_in AFTER INSERT ON public.stage_moves DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new."to" = 'champion'::text)) EXECUTE FUNCTION champion_is_let_in();

CREATE TRIGGER change_is_approved BEFORE INSERT ON public.applied_changes FOR EACH ROW EXECUTE FUNCTION change_is_approved();

CREATE TRIGGER delegations_end_once BEFORE UPDATE ON public.delegations FOR EACH ROW EXECUTE FUNCTION end_once('ended_at');

CREATE TRIGGER delegations_stamp BEFORE INSERT ON public.delegations FOR EACH ROW EXECUTE FUNCTION stamp_time('created_at');

CREATE CONSTRAINT TRIGGER model_aliases_hold AFTER INSERT OR DELETE OR UPDATE ON public.model_aliases DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION model_line_holds();

CREATE TRIGGER model_holds_stamp BEFORE INSERT ON public.model_holds FOR EACH ROW EXECUTE FUNCTION stamp_time('since');

CREATE CONSTRAINT TRIGGER model_version_views_complete AFTER INSERT ON public.model_versions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION model_version_views_complete();

CREATE TRIGGER policies_end_once BEFORE UPDATE ON public.policies FOR EACH ROW EXECUTE FUNCTION end_once('out_of_force_at');

CREATE TRIGGER policies_stamp BEFORE INSERT ON public.policies FOR EACH ROW EXECUTE FUNCTION stamp_time('in_force_since');

CREATE TRIGGER revisions_in_order BEFORE INSERT OR UPDATE ON public.revisions FOR EACH ROW EXECUTE FUNCTION revisions_in_order();

CREATE TRIGGER schedule_pauses_stamp BEFORE INSERT ON public.schedule_pauses FOR EACH ROW EXECUTE FUNCTION stamp_time('since');

CREATE TRIGGER served_minutes_add_up AFTER INSERT ON public.served_minutes FOR EACH ROW EXECUTE FUNCTION add_served_minute();

CREATE TRIGGER stage_moves_follow BEFORE INSERT ON public.stage_moves FOR EACH ROW EXECUTE FUNCTION stage_moves_follow();

CREATE CONSTRAINT TRIGGER stage_moves_hold AFTER INSERT ON public.stage_moves DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION model_line_holds();

CREATE TRIGGER trigger_events_in_order BEFORE INSERT OR UPDATE ON public.trigger_events FOR EACH ROW EXECUTE FUNCTION trigger_events_in_order();

CREATE TRIGGER vetoes_stamp BEFORE INSERT ON public.vetoes FOR EACH ROW EXECUTE FUNCTION stamp_time('at');

CREATE TRIGGER votes_in_order BEFORE INSERT OR UPDATE ON public.votes FOR EACH ROW EXECUTE FUNCTION votes_in_order();

CREATE TRIGGER wanted_revisions_in_order BEFORE INSERT ON public.wanted_revisions FOR EACH ROW EXECUTE FUNCTION wanted_revisions_in_order();

-- functions

CREATE OR REPLACE FUNCTION public.add_counts(a double precision[], b double precision[])
 RETURNS double precision[]
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
	SELECT array_agg(coalesce(x, 0) + coalesce(y, 0) ORDER BY place)
	FROM unnest("a", "b") WITH ORDINALITY AS both_of(x, y, place);
$function$;

CREATE OR REPLACE FUNCTION public.add_custom_counts(a jsonb, b jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
	SELECT coalesce(jsonb_object_agg(key, CASE
		WHEN x IS NULL THEN y
		WHEN y IS NULL THEN x
		ELSE y || jsonb_build_object(
			'count', (x->>'count')::float8 + (y->>'count')::float8, 'sum', (x->>'sum')::float8 + (y->>'sum')::float8)
	END), '{}'::jsonb)
	FROM jsonb_each("a") AS first_of(key, x) FULL JOIN jsonb_each("b") AS second_of(key, y) USING (key);
$function$;

CREATE OR REPLACE FUNCTION public.add_served_minute()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
	INSERT INTO "served_hours" AS hours
		("endpoint", "at", "model", "version", "answered", "rows", "refused", "failed", "sum_ms", "counts", "custom")
	VALUES (NEW."endpoint", date_trunc('hour', NEW."at", 'UTC'), NEW."model", NEW."version", NEW."answered",
		NEW."rows", NEW."refused", NEW."failed", NEW."sum_ms", NEW."counts", NEW."custom")
	ON CONFLICT ("endpoint", "at", "model", "version") DO UPDATE SET
		"answered" = hours."answered" + EXCLUDED."answered",
		"rows" = hours."rows" + EXCLUDED."rows",
		"refused" = hours."refused" + EXCLUDED."refused",
		"failed" = hours."failed" + EXCLUDED."failed",
		"sum_ms" = hours."sum_ms" + EXCLUDED."sum_ms",
		"counts" = add_counts(hours."counts", EXCLUDED."counts"),
		"custom" = add_custom_counts(hours."custom", EXCLUDED."custom");
	RETURN NULL;
END;
$function$;

CREATE OR REPLACE FUNCTION public.approvals_in_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
	IF TG_OP = 'INSERT' THEN
		NEW."status" := 'open';
		NEW."reason" := NULL;
		NEW."stage" := 0;
		NEW."opened_at" := clock_timestamp();
		NEW."stage_opened_at" := NEW."opened_at";
		NEW."ended_at" := NULL;
		RETURN NEW;
	END IF;
	IF OLD."status" <> 'open' OR NEW."stage" NOT IN (OLD."stage", OLD."stage" + 1) THEN
		RAISE EXCEPTION 'approval % is % in stage %', OLD."id", OLD."status", OLD."stage"
			USING ERRCODE = 'check_violation', CONSTRAINT = 'approvals_in_order', TABLE = 'approvals';
	END IF;
	IF NEW."stage" <> OLD."stage" THEN
		NEW."stage_opened_at" := clock_timestamp();
	END IF;
	NEW."ended_at" := CASE WHEN NEW."status" = 'open' THEN NULL ELSE clock_timestamp() END;
	RETURN NEW;
END;
$function$;

CREATE OR REPLACE FUNCTION public.audit_actor()
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
	SELECT left(coalesce(
		nullif(current_setting('ratchet.actor', true), ''),
		CASE WHEN session_user = 'ratchet_app' THEN 'system/' || nullif(current_setting('application_name'), '') END,
		'database/' || session_user
	), 200)
$function$;

CREATE OR REPLACE FUNCTION public.audit_append(action text, project text, subject text, details jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
	IF EXISTS (
		SELECT FROM pg_trigger
		WHERE tgfoid = '"audit_change"()'::regprocedure AND split_part(encode(tgargs, 'escape'), '\000', 1) = "action"
	) THEN
		RAISE EXCEPTION 'action % is written by the change itself', "action"
			USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_events_told';
	END IF;
	PERFORM "audit_write"("action", "project", "subject", "details"::text);
END;
$function$;

CREATE OR REPLACE FUNCTION public.audit_chain_text(fields text[])
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
DECLARE
	"field" text;
	"result" text := '';
BEGIN
	FOREACH "field" IN ARRAY "fields" LOOP
		"result" := "result" || length("field") || ':' || "field";
	END LOOP;
	RETURN "result";
END;
$function$;

CREATE OR REPLACE FUNCTION public.audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET "TimeZone" TO 'UTC'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.audit_shortened(value jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
	SELECT CASE
		WHEN jsonb_typeof("value") = 'string' AND length("value" #>> '{}') > 500
			THEN to_jsonb(left("value" #>> '{}', 500) || '…')
		WHEN length("value"::text) > 2000
			THEN jsonb_build_object('sha256', encode(sha256(convert_to("value"::text, 'UTF8')), 'hex'))
		ELSE "value"
	END
$function$;

CREATE OR REPLACE FUNCTION public.audit_write(action text, project text, subject text, details text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
	"head" "audit_head"%ROWTYPE;
	"actor" text := "audit_actor"();
	"now" timestamptz;
	"digest" text;
BEGIN
	SELECT * INTO STRICT "head" FROM "audit_head" WHERE "id" = 1 FOR UPDATE;
	"now" := date_trunc('milliseconds', clock_timestamp());
	"digest" := encode(sha256(convert_to("audit_chain_text"(ARRAY[
		("head"."seq" + 1)::text, to_char("now" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
		"actor", "action", coalesce("project", ''), "subject", "details", "head"."hash"
	]), 'UTF8')), 'hex');
	INSERT INTO "audit_events" VALUES
		("head"."seq" + 1, "now", "actor", "action", "project", "subject", "details", "head"."hash", "digest");
	UPDATE "audit_head" SET "seq" = "head"."seq" + 1, "hash" = "digest", "at" = "now" WHERE "id" = 1;
END;
$function$;

CREATE OR REPLACE FUNCTION public.causes_grow()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.champion_is_let_in()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
	"wanted" record;
	"lacks" text;
BEGIN
	SELECT "model_digest", "dataset_digest" INTO STRICT "wanted" FROM "model_versions"
	WHERE "project" = NEW."project" AND "model" = NEW."model" AND "version" = NEW."version";
	IF NOT EXISTS (
		SELECT FROM "attestations" "row" WHERE "row"."project" = NEW."project" AND "row"."model" = NEW."model"
			AND "row"."version" = NEW."version"
	) THEN
		"lacks" := 'an attestation';
	ELSIF NEW."from" = 'previous' THEN
		RETURN NULL;
	ELSIF NOT coalesce((
		SELECT "row"."verdict" = 'pass' AND "row"."digests" ->> 'model' = "wanted"."model_digest"
			AND "row"."digests" ->> 'dataset' = "wanted"."dataset_digest"
		FROM "policy_verdicts" "row"
		WHERE "row"."project" = NEW."project" AND "row"."model" = NEW."model" AND "row"."version" = NEW."version"
		ORDER BY "row"."ordinal" DESC LIMIT 1
	), false) THEN
		"lacks" := 'a verdict that is pass';
	ELSIF NEW."approval" IS NULL AND EXISTS (
		SELECT FROM "policies" "row"
		WHERE "row"."out_of_force_at" IS NULL AND "row"."policy" ? 'people'
			AND coalesce("row"."project", NEW."project") = NEW."project" AND coalesce("row"."model", NEW."model") = NEW."model"
	) THEN
		"lacks" := 'the approval that a policy in force asks for';
	ELSIF NEW."approval" IS NOT NULL AND NOT EXISTS (
		SELECT FROM "approvals" "row"
		WHERE "row"."id" = NEW."approval" AND "row"."status" = 'approved' AND "row"."kind" = 'promotion'
			AND "row"."project" = NEW."project" AND "row"."subject" = NEW."model" || '@' || NEW."version"
			AND "row"."digests" ->> 'model' = "wanted"."model_digest"
			AND "row"."digests" ->> 'dataset' = "wanted"."dataset_digest"
	) THEN
		"lacks" := 'an approval of it that is approved';
	END IF;
	IF "lacks" IS NOT NULL THEN
		RAISE EXCEPTION 'version % of %/% is no champion without %', NEW."version", NEW."project", NEW."model", "lacks"
			USING ERRCODE = 'check_violation', CONSTRAINT = 'champion_is_let_in', TABLE = 'stage_moves';
	END IF;
	RETURN NULL;
END;
$function$;

CREATE OR REPLACE FUNCTION public.change_is_approved()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.drop_prediction_days(keep_days integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET "TimeZone" TO 'UTC'
AS $function$
DECLARE
	"oldest" date := clock_timestamp()::date - "keep_days";
	"dropped" integer := 0;
	"part" text;
BEGIN
	IF "keep_days" < 1 THEN
		RAISE EXCEPTION 'days that are kept are %, allowed are 1 and more', "keep_days" USING ERRCODE = 'check_violation';
	END IF;
	PERFORM pg_advisory_xact_lock(7274269);
	FOR "part" IN
		SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
		WHERE inhparent IN ('predictions'::regclass, 'feedback'::regclass)
			AND relname ~ '_[0-9]{8}$' AND to_date(right(relname, 8), 'YYYYMMDD') < "oldest"
		ORDER BY relname DESC
	LOOP
		-- In the order in which whoever adds rows locks them.
		LOCK TABLE "served_models", "predictions", "feedback" IN ACCESS EXCLUSIVE MODE;
		EXECUTE format('DROP TABLE %I', "part");
		"dropped" := "dropped" + 1;
	END LOOP;
	DELETE FROM "predictions_other" WHERE "at" < "oldest";
	DELETE FROM "feedback_other" WHERE "prediction_at" < "oldest";
	DELETE FROM "feedback_aside" WHERE "received_at" < "oldest";
	RETURN "dropped";
END;
$function$;

CREATE OR REPLACE FUNCTION public.end_once()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
	IF to_jsonb(OLD) ->> TG_ARGV[0] IS NOT NULL THEN
		RAISE EXCEPTION 'the row has ended, at %', to_jsonb(OLD) ->> TG_ARGV[0]
			USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_end_once', TABLE = TG_TABLE_NAME;
	END IF;
	RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], clock_timestamp()));
END;
$function$;

CREATE OR REPLACE FUNCTION public.forget_predictions(most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
	"forgotten" integer;
BEGIN
	-- Days come and go meanwhile in no other session.
	PERFORM pg_advisory_xact_lock(7274269);
	WITH "kept" AS (
		SELECT s."id", clock_timestamp() - make_interval(days => (w."config" #>> '{record,keepDays}')::integer) AS "since"
		FROM "watches" w JOIN "served_models" s ON s."project" = w."project" AND s."endpoint" = w."endpoint"
		WHERE w."config" #>> '{record,keepDays}' IS NOT NULL
	), "old" AS MATERIALIZED (
		SELECT p."at", p."id", p."row" FROM "kept" k JOIN "predictions" p ON p."served" = k."id" AND p."at" < k."since"
		LIMIT "most"
	), "told" AS (
		DELETE FROM "feedback" f USING "old" o
		WHERE f."prediction_at" = o."at" AND f."prediction_id" = o."id" AND f."row" = o."row"
	), "gone" AS (
		DELETE FROM "predictions" p USING "old" o WHERE p."at" = o."at" AND p."id" = o."id" AND p."row" = o."row" RETURNING 1
	)
	SELECT count(*) INTO "forgotten" FROM "gone";
	RETURN "forgotten";
END;
$function$;

CREATE OR REPLACE FUNCTION public.forget_served_counts(keep_minutes_days integer, keep_hours_days integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
	"minutes" integer;
	"hours" integer;
BEGIN
	IF least("keep_minutes_days", "keep_hours_days") < 1 THEN
		RAISE EXCEPTION 'days that are kept are % and %, allowed are 1 and more', "keep_minutes_days", "keep_hours_days"
			USING ERRCODE = 'check_violation';
	END IF;
	DELETE FROM "served_minutes" WHERE "at" < clock_timestamp() - make_interval(days => "keep_minutes_days");
	GET DIAGNOSTICS "minutes" = ROW_COUNT;
	DELETE FROM "served_hours" WHERE "at" < clock_timestamp() - make_interval(days => "keep_hours_days");
	GET DIAGNOSTICS "hours" = ROW_COUNT;
	RETURN "minutes" + "hours";
END;
$function$;

CREATE OR REPLACE FUNCTION public.make_prediction_days(days_ahead integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET "TimeZone" TO 'UTC'
AS $function$
DECLARE
	"today" date := clock_timestamp()::date;
	"made" integer := 0;
	"parent" text;
	"time" text;
	"day" date;
	"part" text;
BEGIN
	PERFORM pg_advisory_xact_lock(7274269);
	FOR "parent", "time" IN VALUES ('predictions', 'at'), ('feedback', 'prediction_at') LOOP
		FOR "day" IN EXECUTE format(
			'SELECT $1 + n FROM generate_series(0, $2) AS n UNION SELECT DISTINCT %I::date FROM %I WHERE %I < $1 + 1 ORDER BY 1',
			"time", "parent" || '_other', "time") USING "today", "days_ahead"
		LOOP
			"part" := "parent" || to_char("day", '"_"YYYYMMDD');
			CONTINUE WHEN to_regclass('public.' || "part") IS NOT NULL;
			-- In the order in which whoever adds rows locks them. A row that came between the moving and the attaching
			-- would be one too many.
			LOCK TABLE "served_models" IN SHARE ROW EXCLUSIVE MODE;
			EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', "parent" || '_other');
			EXECUTE format('CREATE TABLE public.%I (LIKE %I INCLUDING ALL)', "part", "parent");
			EXECUTE format('WITH moved AS (DELETE FROM %I WHERE %I >= %L AND %I < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
				"parent" || '_other', "time", "day", "time", "day" + 1, "part");
			EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', "parent", "part", "day", "day" + 1);
			"made" := "made" + 1;
		END LOOP;
	END LOOP;
	RETURN "made";
END;
$function$;

CREATE OR REPLACE FUNCTION public.model_line_holds()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
	"line" record := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
	"wrong" text;
BEGIN
	SELECT string_agg(format('version %s has the alias "%s" and is %s',
		coalesce("standing"."version", "named"."version"), coalesce("named"."alias", ''), coalesce("standing"."to", 'registered')), ', ')
	INTO "wrong"
	FROM (
		SELECT DISTINCT ON ("version") "version", "to" FROM "stage_moves"
		WHERE "project" = "line"."project" AND "model" = "line"."model"
		ORDER BY "version", "ordinal" DESC
	) "standing"
	FULL JOIN (
		SELECT "version", "alias" FROM "model_aliases"
		WHERE "project" = "line"."project" AND "model" = "line"."model"
	) "named" ON "named"."version" = "standing"."version"
	WHERE coalesce("named"."alias", '') <>
		CASE WHEN "standing"."to" IN ('champion', 'previous') THEN "standing"."to" ELSE '' END;
	IF "wrong" IS NOT NULL THEN
		RAISE EXCEPTION 'aliases of %/% and stages differ: %', "line"."project", "line"."model", "wrong"
			USING ERRCODE = 'check_violation', CONSTRAINT = 'model_line_holds', TABLE = 'model_aliases';
	END IF;
	RETURN NULL;
END;
$function$;

CREATE OR REPLACE FUNCTION public.model_version_views_complete()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.revisions_in_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.stage_moves_follow()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
	"last" "stage_moves"%ROWTYPE;
BEGIN
	SELECT * INTO "last" FROM "stage_moves"
	WHERE "project" = NEW."project" AND "model" = NEW."model" AND "version" = NEW."version"
	ORDER BY "ordinal" DESC LIMIT 1;
	IF NEW."from" <> coalesce("last"."to", 'registered') THEN
		RAISE EXCEPTION 'version % of %/% is %, not %', NEW."version", NEW."project", NEW."model",
			coalesce("last"."to", 'registered'), NEW."from"
			USING ERRCODE = 'check_violation', CONSTRAINT = 'stage_moves_follow', TABLE = 'stage_moves';
	END IF;
	NEW."ordinal" := coalesce("last"."ordinal", 0) + 1;
	NEW."at" := clock_timestamp();
	RETURN NEW;
END;
$function$;

CREATE OR REPLACE FUNCTION public.stamp_time()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
	RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], clock_timestamp()));
END;
$function$;

CREATE OR REPLACE FUNCTION public.trigger_events_in_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
	IF TG_OP = 'INSERT' THEN
		NEW."proposed_at" := NULL;
		NEW."settled_at" := CASE WHEN NEW."outcome" IS NOT NULL THEN clock_timestamp() END;
		RETURN NEW;
	END IF;
	IF OLD."outcome" IS NOT NULL THEN
		IF (OLD."outcome", OLD."run_id", OLD."rule", OLD."reason", OLD."veto", OLD."proposed_at", OLD."settled_at")
			IS DISTINCT FROM
			(NEW."outcome", NEW."run_id", NEW."rule", NEW."reason", NEW."veto", NEW."proposed_at", NEW."settled_at")
		THEN
			RAISE EXCEPTION 'event % is %', OLD."id", OLD."outcome"
				USING ERRCODE = 'check_violation', CONSTRAINT = 'trigger_events_settled_once', TABLE = 'trigger_events';
		END IF;
		RETURN NEW;
	END IF;
	IF OLD."proposed_at" IS NOT NULL THEN
		NEW."proposed_at" := OLD."proposed_at";
	ELSIF NEW."proposed_at" IS NOT NULL THEN
		NEW."proposed_at" := clock_timestamp();
	END IF;
	NEW."settled_at" := CASE WHEN NEW."outcome" IS NOT NULL THEN clock_timestamp() END;
	RETURN NEW;
END;
$function$;

CREATE OR REPLACE FUNCTION public.votes_in_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
	IF TG_OP = 'INSERT' THEN
		NEW."status" := 'pending';
		NEW."refusal" := NULL;
		NEW."stage" := NULL;
		NEW."channel" := NULL;
		NEW."cast_at" := clock_timestamp();
		NEW."settled_at" := NULL;
		RETURN NEW;
	END IF;
	IF OLD."status" <> 'pending' THEN
		RAISE EXCEPTION 'vote % is %', OLD."id", OLD."status"
			USING ERRCODE = 'check_violation', CONSTRAINT = 'votes_settled_once', TABLE = 'votes';
	END IF;
	NEW."settled_at" := clock_timestamp();
	RETURN NEW;
END;
$function$;

CREATE OR REPLACE FUNCTION public.wanted_revisions_in_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

-- grants

grant insert, select on accounts to ratchet_app;

grant insert, select on applied_changes to ratchet_app;

grant insert, select on approvals to ratchet_app;

grant insert, select on attestations to ratchet_app;

grant insert, select on audit_checkpoints to ratchet_app;

grant select on audit_events to ratchet_app;

grant select on audit_head to ratchet_app;

grant insert, select, update on dataset_tags to ratchet_app;

grant insert, select on dataset_versions to ratchet_app;

grant insert, select on dataset_views to ratchet_app;

grant insert, select on delegations to ratchet_app;

grant delete, insert, select on deliveries to ratchet_app;

grant insert, select on effects to ratchet_app;

grant insert, select on endpoints to ratchet_app;

grant insert, select on evaluations to ratchet_app;

grant insert, select, update on feature_vectors to ratchet_app;

grant insert, select on feature_views to ratchet_app;

grant insert, select on feedback to ratchet_app;

grant delete, select on feedback_aside to ratchet_app;

grant insert, select on idempotency_keys to ratchet_app;

grant insert, select on image_scans to ratchet_app;

grant insert, select on incidents to ratchet_app;

grant insert, select on judged_windows to ratchet_app;

grant insert, select on letter_attempts to ratchet_app;

grant insert, select on letters to ratchet_app;

grant delete, insert, select, update on members to ratchet_app;

grant delete, insert, select on model_aliases to ratchet_app;

grant delete, insert, select on model_holds to ratchet_app;

grant delete, insert, select on model_lines to ratchet_app;

grant insert, select on model_version_views to ratchet_app;

grant insert, select on model_versions to ratchet_app;

grant insert, select on policies to ratchet_app;

grant insert, select on policy_verdicts to ratchet_app;

grant select on predictions to ratchet_app;

grant insert, select on projects to ratchet_app;

grant insert, select on reference_profiles to ratchet_app;

grant insert, select, update on release_logs to ratchet_app;

grant delete, insert, select, update on release_refusals to ratchet_app;

grant insert, select on release_results to ratchet_app;

grant insert, select, update on release_steps to ratchet_app;

grant insert, select on releases to ratchet_app;

grant insert, select on revisions to ratchet_app;

grant insert, select, update on run_logs to ratchet_app;

grant insert, select, update on run_metrics to ratchet_app;

grant delete, insert, select, update on run_refusals to ratchet_app;

grant insert, select on run_results to ratchet_app;

grant delete, insert, select, update on run_scores to ratchet_app;

grant insert, select, update on run_steps to ratchet_app;

grant insert, select on runs to ratchet_app;

grant delete, insert, select on schedule_pauses to ratchet_app;

grant delete, insert, select on schedules to ratchet_app;

grant select on served_hours to ratchet_app;

grant select on served_minutes to ratchet_app;

grant select on served_models to ratchet_app;

grant insert, select on sign_in_codes to ratchet_app;

grant select on signing_keys to ratchet_app;

grant insert, select on silences to ratchet_app;

grant insert, select on stage_moves to ratchet_app;

grant insert, select on test_looks to ratchet_app;

grant insert, select on tokens to ratchet_app;

grant insert, select on tracked_refs to ratchet_app;

grant insert, select on trigger_events to ratchet_app;

grant insert, select on vetoes to ratchet_app;

grant insert, select on votes to ratchet_app;

grant insert, select on wanted_revisions to ratchet_app;

grant insert, select on watches to ratchet_app;

grant insert, select on watermarks to ratchet_app;

grant insert on feedback to ratchet_serving;

grant insert on feedback_aside to ratchet_serving;

grant select on model_aliases to ratchet_serving;

grant insert on predictions to ratchet_serving;

grant insert on served_minutes to ratchet_serving;

grant insert on served_models to ratchet_serving;

-- grants of columns

grant update (disabled_at) on accounts to ratchet_app;

grant update (reason, stage, status) on approvals to ratchet_app;

grant update (ended_at) on delegations to ratchet_app;

grant update (handled_at, repeats, result, status) on deliveries to ratchet_app;

grant update (commit, config, model, retired_at, scaled_to, updated_at) on endpoints to ratchet_app;

grant update (advisories, database_of, packages, reasons, refused, refused_digest, scanned_at, verdict) on image_scans to ratchet_app;

grant update (acknowledged_by, asks_for_run, closed_at, closed_because, closed_by, course, kind, quiet_windows, sights) on incidents to ratchet_app;

grant update (attempts, delivered_at, next_at, status) on letters to ratchet_app;

grant update (by, reason) on model_holds to ratchet_app;

grant select (file, model, project, version) on model_versions to ratchet_serving;

grant update (out_of_force_at) on policies to ratchet_app;

grant select (at, id, row) on predictions to ratchet_serving;

grant update (commit, config, ref, updated_at) on projects to ratchet_app;

grant update (commit, ended_at, in_turn, model_version, reason, round, status) on releases to ratchet_app;

grant update (until) on revisions to ratchet_app;

grant update (causes, commit, ended_at, reason, ref, reopened_at, round, status) on runs to ratchet_app;

grant update (by, reason) on schedule_pauses to ratchet_app;

grant update (declared, described, kind, model, name) on schedules to ratchet_app;

grant update (used_at) on sign_in_codes to ratchet_app;

grant update (last_used_at, revoked_at) on tokens to ratchet_app;

grant update (commit, handled_at) on tracked_refs to ratchet_app;

grant update (outcome, proposed_at, reason, repeats, rule, run_id, veto) on trigger_events to ratchet_app;

grant update (channel, refusal, stage, status) on votes to ratchet_app;

grant update (commit, config, updated_at) on watches to ratchet_app;

grant update (confirmed_at, dataset, in_lateness, value) on watermarks to ratchet_app;

-- grants of functions

grant execute on function audit_append(text,text,text,jsonb) to ratchet_app;

grant execute on function drop_prediction_days(integer) to ratchet_app;

grant execute on function forget_predictions(integer) to ratchet_app;

grant execute on function forget_served_counts(integer,integer) to ratchet_app;

grant execute on function make_prediction_days(integer) to ratchet_app;
