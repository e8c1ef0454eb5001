ALTER TABLE "release_steps" ADD COLUMN "earlier_ms" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "run_steps" ADD COLUMN "earlier_ms" bigint DEFAULT 0 NOT NULL;