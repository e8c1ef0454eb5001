-- Times that decide what counts are the database's, whoever writes the row. The argument names the column.
CREATE FUNCTION "stamp_time"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], clock_timestamp()));
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "delegations_stamp" BEFORE INSERT ON "delegations"
	FOR EACH ROW EXECUTE FUNCTION "stamp_time"('created_at');
--> statement-breakpoint
CREATE TRIGGER "policies_stamp" BEFORE INSERT ON "policies"
	FOR EACH ROW EXECUTE FUNCTION "stamp_time"('in_force_since');
--> statement-breakpoint
-- A delegation and a time in force end once, at the moment they are ended.
CREATE FUNCTION "end_once"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF to_jsonb(OLD) ->> TG_ARGV[0] IS NOT NULL THEN
		RAISE EXCEPTION 'the row has ended, at %', to_jsonb(OLD) ->> TG_ARGV[0]
			USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_end_once', TABLE = TG_TABLE_NAME;
	END IF;
	RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], clock_timestamp()));
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "delegations_end_once" BEFORE UPDATE ON "delegations"
	FOR EACH ROW EXECUTE FUNCTION "end_once"('ended_at');
--> statement-breakpoint
CREATE TRIGGER "policies_end_once" BEFORE UPDATE ON "policies"
	FOR EACH ROW EXECUTE FUNCTION "end_once"('out_of_force_at');
--> statement-breakpoint
-- An approval begins open, in its first stage; its stages come one after the other; its end stays as it is.
CREATE FUNCTION "approvals_in_order"() RETURNS trigger LANGUAGE plpgsql AS $$
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
$$;
--> statement-breakpoint
CREATE TRIGGER "approvals_in_order" BEFORE INSERT OR UPDATE ON "approvals"
	FOR EACH ROW EXECUTE FUNCTION "approvals_in_order"();
--> statement-breakpoint
-- A vote comes when the database takes it, and what becomes of it is said once.
CREATE FUNCTION "votes_in_order"() RETURNS trigger LANGUAGE plpgsql AS $$
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
$$;
--> statement-breakpoint
CREATE TRIGGER "votes_in_order" BEFORE INSERT OR UPDATE ON "votes"
	FOR EACH ROW EXECUTE FUNCTION "votes_in_order"();
--> statement-breakpoint
-- A move begins where the version stands.
CREATE FUNCTION "stage_moves_follow"() RETURNS trigger LANGUAGE plpgsql AS $$
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
$$;
--> statement-breakpoint
CREATE TRIGGER "stage_moves_follow" BEFORE INSERT ON "stage_moves"
	FOR EACH ROW EXECUTE FUNCTION "stage_moves_follow"();
--> statement-breakpoint
-- At commit the aliases of a model name the versions that stand there, and no version stands there without its alias.
CREATE FUNCTION "model_line_holds"() RETURNS trigger LANGUAGE plpgsql AS $$
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
$$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "model_aliases_hold" AFTER INSERT OR UPDATE OR DELETE ON "model_aliases"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "model_line_holds"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "stage_moves_hold" AFTER INSERT ON "stage_moves"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "model_line_holds"();
--> statement-breakpoint
-- What a champion has, whoever moved it: an attestation; and one that was let in, and not merely put back, also the
-- newest verdict `pass` of exactly its bytes, and an approval of them where it names one or a policy in force asks
-- people. Signatures are for the promotion to check: this server cannot.
CREATE FUNCTION "champion_is_let_in"() RETURNS trigger LANGUAGE plpgsql AS $$
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
$$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "champion_is_let_in" AFTER INSERT ON "stage_moves"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW."to" = 'champion') EXECUTE FUNCTION "champion_is_let_in"();
