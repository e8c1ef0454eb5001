INSERT INTO "audit_head" ("id", "seq", "hash") VALUES (1, 0, repeat('0', 64));
--> statement-breakpoint
-- The text that is hashed: every field with its length in characters before it. As domain/audit/chain-text.ts has it.
CREATE FUNCTION "audit_chain_text"("fields" text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	"field" text;
	"result" text := '';
BEGIN
	FOREACH "field" IN ARRAY "fields" LOOP
		"result" := "result" || length("field") || ':' || "field";
	END LOOP;
	RETURN "result";
END;
$$;
--> statement-breakpoint
-- Who acts: whom the transaction names, else the program that is connected, else, for any other user of the server,
-- that user.
CREATE FUNCTION "audit_actor"() RETURNS text LANGUAGE sql STABLE AS $$
	SELECT left(coalesce(
		nullif(current_setting('ratchet.actor', true), ''),
		CASE WHEN session_user = 'ratchet_app' THEN 'system/' || nullif(current_setting('application_name'), '') END,
		'database/' || session_user
	), 200)
$$;
--> statement-breakpoint
-- Adds a row to the chain. The lock on its head is kept until the transaction ends, so it is taken last, at commit.
CREATE FUNCTION "audit_write"("action" text, "project" text, "subject" text, "details" text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
$$;
--> statement-breakpoint
-- What changes no row is told by the application. What a trigger writes is never told: it happens, or it does not.
CREATE FUNCTION "audit_append"("action" text, "project" text, "subject" text, "details" jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
$$;
--> statement-breakpoint
-- Writes the row of a change. Arguments: the action, the column that holds the project (or none; that of a
-- vote is its approval's), what it happened to
-- (names of columns and literal text, between spaces), the columns whose values matter. Of an update also their values
-- before. Long values stand as their beginning or their digest.
CREATE FUNCTION "audit_change"() RETURNS trigger
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
CREATE FUNCTION "audit_shortened"("value" jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN jsonb_typeof("value") = 'string' AND length("value" #>> '{}') > 500
			THEN to_jsonb(left("value" #>> '{}', 500) || '…')
		WHEN length("value"::text) > 2000
			THEN jsonb_build_object('sha256', encode(sha256(convert_to("value"::text, 'UTF8')), 'hex'))
		ELSE "value"
	END
$$;
--> statement-breakpoint
-- The trigger function too: on a table of their own somebody could have it write what never happened.
REVOKE EXECUTE ON FUNCTION "audit_write"(text, text, text, text), "audit_append"(text, text, text, jsonb), "audit_change"() FROM PUBLIC;
--> statement-breakpoint
-- One trigger a change that matters. Deferred: no writer can leave its row out, and the lock of the chain comes last.
CREATE CONSTRAINT TRIGGER "audit_project_added" AFTER INSERT ON "projects"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('project.added', 'name', 'name', 'repo,ref,commit');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_project_changed" AFTER UPDATE ON "projects"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN ((OLD."ref", OLD."commit", OLD."config") IS DISTINCT FROM (NEW."ref", NEW."commit", NEW."config"))
	EXECUTE FUNCTION "audit_change"('project.changed', 'name', 'name', 'ref,commit');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_run_created" AFTER INSERT ON "runs"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('run.created', 'project', 'id', 'model,ref,variant,causes');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_run_ended" AFTER UPDATE ON "runs"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (OLD."ended_at" IS NULL AND NEW."ended_at" IS NOT NULL)
	EXECUTE FUNCTION "audit_change"('run.ended', 'project', 'id', 'model,status,reason,commit,round');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_run_reopened" AFTER UPDATE ON "runs"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (OLD."round" <> NEW."round")
	EXECUTE FUNCTION "audit_change"('run.reopened', 'project', 'id', 'model,ref,round');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_dataset_published" AFTER INSERT ON "dataset_versions"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('dataset.published', 'project', 'name @ version', 'digest,key,rows,quarantined,commit,run_id');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_dataset_tagged" AFTER INSERT OR UPDATE ON "dataset_tags"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('dataset.tagged', 'project', 'name @ version', 'tag,where');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_model_registered" AFTER INSERT ON "model_versions"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('model.registered', 'project', 'model @ version', 'run_id,commit,model_digest,dataset,dataset_version,dataset_digest,evaluation_id,configuration_digest,environment_digest,isolation_tier');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_policy_judged" AFTER INSERT ON "policy_verdicts"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('policy.judged', 'project', 'model @ version', 'id,verdict,policy_digest,facts_digest,digests');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_model_accepted" AFTER INSERT ON "stage_moves"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (NEW."to" = 'candidate')
	EXECUTE FUNCTION "audit_change"('model.accepted', 'project', 'model @ version', 'from,to,actor,reason,approval');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_model_refused" AFTER INSERT ON "stage_moves"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (NEW."to" = 'refused')
	EXECUTE FUNCTION "audit_change"('model.refused', 'project', 'model @ version', 'from,to,actor,reason,approval');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_model_promoted" AFTER INSERT ON "stage_moves"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (NEW."to" = 'champion' AND NEW."from" <> 'previous')
	EXECUTE FUNCTION "audit_change"('model.promoted', 'project', 'model @ version', 'from,to,actor,reason,approval');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_model_rolled_back" AFTER INSERT ON "stage_moves"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (NEW."to" = 'champion' AND NEW."from" = 'previous')
	EXECUTE FUNCTION "audit_change"('model.rolled-back', 'project', 'model @ version', 'from,to,actor,reason,approval');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_model_displaced" AFTER INSERT ON "stage_moves"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (NEW."to" IN ('previous', 'archived'))
	EXECUTE FUNCTION "audit_change"('model.displaced', 'project', 'model @ version', 'from,to,actor,reason,approval');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_model_retired" AFTER INSERT ON "stage_moves"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (NEW."to" = 'retired')
	EXECUTE FUNCTION "audit_change"('model.retired', 'project', 'model @ version', 'from,to,actor,reason,approval');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_alias_set" AFTER INSERT OR UPDATE ON "model_aliases"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('alias.set', 'project', 'model @ version', 'alias');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_alias_removed" AFTER DELETE ON "model_aliases"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('alias.removed', 'project', 'model @ version', 'alias');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_model_attested" AFTER INSERT ON "attestations"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('model.attested', 'project', 'model @ version', 'payload_sha256,approval');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_approval_opened" AFTER INSERT ON "approvals"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('approval.opened', 'project', 'id', 'kind,subject,round,digests,stages,author_set,requested_by');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_approval_entered" AFTER UPDATE ON "approvals"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (OLD."stage" <> NEW."stage")
	EXECUTE FUNCTION "audit_change"('approval.stage-entered', 'project', 'id', 'stage');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_approval_ended" AFTER UPDATE ON "approvals"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (OLD."status" <> NEW."status")
	EXECUTE FUNCTION "audit_change"('approval.ended', 'project', 'id', 'status,reason');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_vote_cast" AFTER INSERT ON "votes"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('vote.cast', '', 'approval', 'id,approver,on_behalf_of,decision,reason');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_vote_settled" AFTER UPDATE ON "votes"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (OLD."status" <> NEW."status")
	EXECUTE FUNCTION "audit_change"('vote.settled', '', 'approval', 'id,approver,status,refusal,stage,channel');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_delegation_made" AFTER INSERT ON "delegations"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('delegation.made', 'project', 'id', 'from,to,role,until');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_delegation_ended" AFTER UPDATE ON "delegations"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('delegation.ended', 'project', 'id', 'from,to,role,ended_at');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_member_added" AFTER INSERT ON "members"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('member.added', 'project', 'account', 'roles,emails,commit');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_member_changed" AFTER UPDATE ON "members"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN ((OLD."roles", OLD."emails") IS DISTINCT FROM (NEW."roles", NEW."emails"))
	EXECUTE FUNCTION "audit_change"('member.changed', 'project', 'account', 'roles,emails,commit');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_member_removed" AFTER DELETE ON "members"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('member.removed', 'project', 'account', 'roles,commit');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_policy_in_force" AFTER INSERT ON "policies"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('policy.in-force', 'project', 'policy: digest', 'model,digest,commit');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_policy_out_of_force" AFTER UPDATE ON "policies"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('policy.out-of-force', 'project', 'policy: digest', 'model,digest,commit');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_account_created" AFTER INSERT ON "accounts"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('account.created', '', 'name', 'kind,email,admin');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_account_changed" AFTER UPDATE ON "accounts"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('account.changed', '', 'name', 'kind,email,admin,disabled_at');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_code_issued" AFTER INSERT ON "sign_in_codes"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('code.issued', '', 'account', 'expires_at');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_code_used" AFTER UPDATE ON "sign_in_codes"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (OLD."used_at" IS NULL AND NEW."used_at" IS NOT NULL)
	EXECUTE FUNCTION "audit_change"('code.used', '', 'account', 'used_at');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_token_created" AFTER INSERT ON "tokens"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('token.created', 'only_project', 'account / id', 'label,method,scopes,expires_at');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_token_revoked" AFTER UPDATE ON "tokens"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (OLD."revoked_at" IS NULL AND NEW."revoked_at" IS NOT NULL)
	EXECUTE FUNCTION "audit_change"('token.revoked', 'only_project', 'account / id', 'label,revoked_at');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_signing_key_added" AFTER INSERT ON "signing_keys"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('signing-key.added', '', 'id', 'not_before,not_after,revoked_at');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_signing_key_changed" AFTER UPDATE OR DELETE ON "signing_keys"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('signing-key.changed', '', 'id', 'not_before,not_after,revoked_at');
