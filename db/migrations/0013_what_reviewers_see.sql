ALTER TABLE "approvals" ADD COLUMN "exhibits" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "reopened_at" timestamp (3) with time zone;--> statement-breakpoint
GRANT UPDATE ("reopened_at") ON "runs" TO "ratchet_app";
