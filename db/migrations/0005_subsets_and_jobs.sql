ALTER TABLE "dataset_tags" ADD COLUMN "rows" bigint;--> statement-breakpoint
ALTER TABLE "feature_vectors" ADD COLUMN "run_id" text;--> statement-breakpoint
ALTER TABLE "feature_vectors" ADD CONSTRAINT "feature_vectors_run" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dataset_versions_alike" ON "dataset_versions" USING btree ("key");