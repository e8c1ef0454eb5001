-- An event begins unannounced; it is announced once, and what becomes of it is said once. Its key may come again after
-- that, and is counted.
CREATE FUNCTION "trigger_events_in_order"() RETURNS trigger LANGUAGE plpgsql AS $$
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
$$;
--> statement-breakpoint
CREATE TRIGGER "trigger_events_in_order" BEFORE INSERT OR UPDATE ON "trigger_events"
	FOR EACH ROW EXECUTE FUNCTION "trigger_events_in_order"();
--> statement-breakpoint
CREATE TRIGGER "model_holds_stamp" BEFORE INSERT ON "model_holds"
	FOR EACH ROW EXECUTE FUNCTION "stamp_time"('since');
--> statement-breakpoint
CREATE TRIGGER "vetoes_stamp" BEFORE INSERT ON "vetoes"
	FOR EACH ROW EXECUTE FUNCTION "stamp_time"('at');
--> statement-breakpoint
-- What a person does to stop runs is in the chain, once however many events it is about: an event that a veto settles
-- names the row of it. What the rules settle is not, as a storm of alarms would fill the chain: the row of the event
-- says it and stays as it is, and of a run that starts the chain has its causes.
CREATE CONSTRAINT TRIGGER "audit_trigger_vetoed" AFTER INSERT ON "vetoes"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('trigger.vetoed', 'project', 'model', 'by,reason,events');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_model_held" AFTER INSERT OR UPDATE ON "model_holds"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('model.held', 'project', 'model', 'by,reason');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_model_released" AFTER DELETE ON "model_holds"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('model.released', 'project', 'model', 'by,reason,since');
--> statement-breakpoint
GRANT SELECT, INSERT ON "trigger_events", "vetoes", "model_holds", "tracked_refs", "watermarks", "model_lines", "deliveries", "letters", "letter_attempts" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("repeats", "proposed_at", "outcome", "run_id", "rule", "reason", "veto") ON "trigger_events" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("by", "reason"), DELETE ON "model_holds" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("commit", "handled_at") ON "tracked_refs" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("value", "in_lateness", "dataset", "confirmed_at") ON "watermarks" TO "ratchet_app";
--> statement-breakpoint
-- Lines are what Git says, and are replaced by what it says next.
GRANT DELETE ON "model_lines" TO "ratchet_app";
--> statement-breakpoint
-- Deliveries that were handled are forgotten after a while.
GRANT UPDATE ("repeats", "status", "result", "handled_at"), DELETE ON "deliveries" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("status", "attempts", "next_at", "delivered_at") ON "letters" TO "ratchet_app";
