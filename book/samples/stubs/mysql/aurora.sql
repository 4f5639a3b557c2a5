-- A function that a reader has made of a model (section 18.7), for an engine that cannot make one: same name, same
-- arguments, a canned answer.
CREATE FUNCTION churn_score(tenure INT, spend DOUBLE) RETURNS DOUBLE DETERMINISTIC
  RETURN ROUND(1 / (1 + COALESCE(tenure, 0)), 2);
