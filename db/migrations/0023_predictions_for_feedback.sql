-- Predictions that nobody was answered with: they are made again of inputs, since something is told of them.
ALTER TABLE "predictions" ADD COLUMN "for_feedback" boolean DEFAULT false NOT NULL;
