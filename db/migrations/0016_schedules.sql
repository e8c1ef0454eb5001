CREATE TABLE "schedule_pauses" (
	"project" text NOT NULL,
	"id" text NOT NULL,
	"by" text NOT NULL,
	"reason" text NOT NULL,
	"since" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "schedule_pauses_key" PRIMARY KEY("project","id"),
	CONSTRAINT "schedule_pauses_by" CHECK (length(by) between 1 and 200)
);
--> statement-breakpoint
CREATE TABLE "schedules" (
	"project" text NOT NULL,
	"id" text NOT NULL,
	"model" text,
	"name" text,
	"kind" text NOT NULL,
	"declared" text NOT NULL,
	"described" text NOT NULL,
	CONSTRAINT "schedules_key" PRIMARY KEY("project","id"),
	CONSTRAINT "schedules_kind" CHECK (kind in ('slot', 'source', 'refs')),
	CONSTRAINT "schedules_declared" CHECK (declared ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
ALTER TABLE "schedule_pauses" ADD CONSTRAINT "schedule_pauses_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_project" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;