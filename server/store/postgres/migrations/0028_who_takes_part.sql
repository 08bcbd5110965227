-- Who has ended takes part no more, and a retired home is none of the study's: the figures follow.
DROP TRIGGER participant_touched ON participant;
CREATE TRIGGER participant_touched AFTER INSERT OR UPDATE OF status ON participant FOR EACH ROW EXECUTE FUNCTION touch_places();
INSERT INTO count_touched SELECT DISTINCT deployment_id, NULL::bigint FROM participant;
INSERT INTO count_touched SELECT deployment_id, id FROM location WHERE retired_at IS NOT NULL;
