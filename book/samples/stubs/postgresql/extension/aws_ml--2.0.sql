-- The functions of Aurora PostgreSQL's aws_ml with its schemas, names of arguments and columns of results, as the Aurora
-- guide lists them ("Using Aurora machine learning with Aurora PostgreSQL"). The answers are canned: what a call looks
-- like is tested with it, and what a model thinks is not.

CREATE SCHEMA aws_comprehend;
CREATE SCHEMA aws_sagemaker;
CREATE SCHEMA aws_bedrock;

CREATE FUNCTION aws_comprehend.detect_sentiment(
  IN input_text varchar, IN language_code varchar, IN max_rows_per_batch int DEFAULT 25,
  OUT sentiment varchar, OUT confidence real)
LANGUAGE sql AS $$
  SELECT CASE WHEN input_text ~* '\m(love|great)\M' THEN 'POSITIVE'
              WHEN input_text ~* '\m(stinks|never)\M' THEN 'NEGATIVE'
              ELSE 'NEUTRAL' END::varchar,
         0.9::real
$$;

-- The real one takes VARIADIC "any", which only a function in C may.
CREATE FUNCTION aws_sagemaker.invoke_endpoint(
  IN endpoint_name varchar, IN max_rows_per_batch int, VARIADIC model_input anycompatiblearray,
  OUT model_output varchar)
LANGUAGE sql AS $$
  SELECT round(length(array_to_string(model_input, ',')) / 100.0, 2)::varchar
$$;

CREATE FUNCTION aws_bedrock.invoke_model(
  IN model_id varchar, IN content_type text, IN accept_type text, IN model_input text,
  OUT model_output varchar)
LANGUAGE sql AS $$
  SELECT json_build_object('model', model_id, 'content', json_build_array(json_build_object(
           'type', 'text', 'text', 'In short: ' || (model_input::json #>> '{messages,0,content}'))))::varchar
$$;

CREATE FUNCTION aws_bedrock.invoke_model_get_embeddings(
  IN model_id varchar, IN content_type text, IN json_key text, IN model_input text,
  OUT model_output float8[])
LANGUAGE plpgsql AS $$
BEGIN
  IF model_id <> 'amazon.titan-embed-text-v2:0' THEN
    RAISE EXCEPTION 'there is no model % for embeddings', model_id;
  END IF;
  SELECT array_agg(sin(number * length(model_input::json ->> 'inputText'))::float8 ORDER BY number)
  INTO model_output FROM generate_series(1, 1024) AS number;
END $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_comprehend, aws_sagemaker, aws_bedrock FROM PUBLIC;
