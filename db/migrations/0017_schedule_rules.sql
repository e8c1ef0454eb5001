CREATE TRIGGER "schedule_pauses_stamp" BEFORE INSERT ON "schedule_pauses"
	FOR EACH ROW EXECUTE FUNCTION "stamp_time"('since');
--> statement-breakpoint
-- What a person does to stop runs is in the chain. What the repository declares is not: Git has it.
CREATE CONSTRAINT TRIGGER "audit_schedule_paused" AFTER INSERT OR UPDATE ON "schedule_pauses"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('schedule.paused', 'project', 'id', 'by,reason');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_schedule_resumed" AFTER DELETE ON "schedule_pauses"
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION "audit_change"('schedule.resumed', 'project', 'id', 'by,reason,since');
--> statement-breakpoint
GRANT SELECT, INSERT ON "schedules", "schedule_pauses" TO "ratchet_app";
--> statement-breakpoint
-- Schedules are what Git says, and go with it.
GRANT UPDATE ("model", "name", "kind", "declared", "described"), DELETE ON "schedules" TO "ratchet_app";
--> statement-breakpoint
GRANT UPDATE ("by", "reason"), DELETE ON "schedule_pauses" TO "ratchet_app";
