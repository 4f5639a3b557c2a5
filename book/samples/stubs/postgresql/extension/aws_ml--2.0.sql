-- The functions of Aurora PostgreSQL's aws_ml with its schemas, names of arguments and columns of results, as the Aurora
-- guide lists them ("Using Aurora machine learning with Aurora PostgreSQL"). The answers are canned: what a call looks
-- like is tested with it, and what a model thinks is not. What a service would refuse is refused: a language, an
-- endpoint, a model or a type of content that it does not have, and a body without what the model needs.

CREATE SCHEMA aws_comprehend;
CREATE SCHEMA aws_sagemaker;
CREATE SCHEMA aws_bedrock;

CREATE FUNCTION aws_comprehend.detect_sentiment(
  IN input_text varchar, IN language_code varchar, IN max_rows_per_batch int DEFAULT 25,
  OUT sentiment varchar, OUT confidence real)
LANGUAGE plpgsql AS $$
BEGIN
  IF language_code NOT IN ('de', 'en', 'es', 'fr', 'it', 'pt', 'ar', 'hi', 'ja', 'ko', 'zh', 'zh-TW') THEN
    RAISE EXCEPTION 'Comprehend does not know the language %', language_code;
  END IF;
  sentiment := CASE WHEN input_text ~* '\m(love|great)\M' THEN 'POSITIVE'
                    WHEN input_text ~* '\m(stinks|never)\M' THEN 'NEGATIVE'
                    ELSE 'NEUTRAL' END;
  confidence := 0.9;
END $$;

-- The real one takes VARIADIC "any", which only a function in C may.
CREATE FUNCTION aws_sagemaker.invoke_endpoint(
  IN endpoint_name varchar, IN max_rows_per_batch int, VARIADIC model_input anycompatiblearray,
  OUT model_output varchar)
LANGUAGE plpgsql AS $$
BEGIN
  IF endpoint_name <> 'churn-xgb' THEN
    RAISE EXCEPTION 'there is no endpoint %', endpoint_name;
  END IF;
  model_output := round(length(array_to_string(model_input, ',')) / 100.0, 2);
END $$;

CREATE FUNCTION aws_bedrock.invoke_model(
  IN model_id varchar, IN content_type text, IN accept_type text, IN model_input text,
  OUT model_output varchar)
LANGUAGE plpgsql AS $$
BEGIN
  IF content_type <> 'application/json' OR accept_type <> 'application/json' THEN
    RAISE EXCEPTION 'the model takes and gives application/json';
  END IF;
  IF model_input::json ->> 'anthropic_version' IS DISTINCT FROM 'bedrock-2023-05-31'
     OR model_input::json ->> 'max_tokens' IS NULL OR model_id IS NULL THEN
    RAISE EXCEPTION 'the body or the id lacks what this family of models needs: %', model_input;
  END IF;
  model_output := json_build_object('model', model_id, 'content', json_build_array(json_build_object(
           'type', 'text', 'text', 'In short: ' || (model_input::json #>> '{messages,0,content}'))));
END $$;

-- Each call is one that somebody pays for, and the database asks again for every row: so they are counted.
CREATE SEQUENCE aws_bedrock.calls;

CREATE FUNCTION aws_bedrock.invoke_model_get_embeddings(
  IN model_id varchar, IN content_type text, IN json_key text, IN model_input text,
  OUT model_output float8[])
LANGUAGE plpgsql AS $$
BEGIN
  IF model_id <> 'amazon.titan-embed-text-v2:0' THEN
    RAISE EXCEPTION 'there is no model % for embeddings', model_id;
  END IF;
  IF content_type <> 'application/json' OR json_key <> 'embedding' THEN
    RAISE EXCEPTION 'the model takes application/json, and answers with an embedding';
  END IF;
  PERFORM nextval('aws_bedrock.calls');
  SELECT array_agg(sin(number * length(model_input::json ->> 'inputText'))::float8 ORDER BY number)
  INTO model_output FROM generate_series(1, 1024) AS number;
END $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_comprehend, aws_sagemaker, aws_bedrock FROM PUBLIC;
