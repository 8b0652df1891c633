package io.convoy.ml;

import io.convoy.failure.UserException;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import scala.Tuple3;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Gives every session the function {@code convoy_predict}, without a line of code: {@code --conf
 * spark.sql.extensions=io.convoy.ml.ConvoyExtensions --conf spark.convoy.model=RUN/models/NAME}.
 * The model is read when the function is first used.
 */
public final class ConvoyExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  /** The setting of the model. */
  public static final String MODEL = "spark.convoy.model";

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectFunction(
        new Tuple3<>(
            FunctionIdentifier.apply(ConvoyFunction.NAME),
            new ExpressionInfo(ConvoyFunction.class.getName(), ConvoyFunction.NAME),
            new Builder()));
    return BoxedUnit.UNIT;
  }

  /** Makes the expression of a call; with the model that was set when the first was made. */
  private static final class Builder extends AbstractFunction1<Seq<Expression>, Expression> {
    private UserDefinedFunction function;

    @Override
    public Expression apply(Seq<Expression> arguments) {
      List<Expression> given = JavaConverters.seqAsJavaList(arguments);
      if (given.size() != 1) {
        throw new UserException(
            "%s takes one photo, and was given %d arguments.", ConvoyFunction.NAME, given.size());
      }
      return function().apply(new Column(given.get(0))).expr();
    }

    private synchronized UserDefinedFunction function() {
      if (function == null) {
        SparkSession spark = SparkSession.active();
        String model = spark.conf().get(MODEL, "");
        if (model.isEmpty()) {
          throw new UserException(
              "%s has no model; set %s to RUN/models/NAME.", ConvoyFunction.NAME, MODEL);
        }
        function =
            functions.udf(
                ConvoyFunction.of(spark, ConvoyModel.of(spark, model)), ConvoyFunction.TYPE);
      }
      return function;
    }
  }
}
