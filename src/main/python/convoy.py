"""convoy's stages of Spark ML for PySpark, over the classes of its jar.

Give the jar to Spark, and this file to Python:

    pyspark --jars convoy.jar --py-files convoy.py

    from convoy import ConvoyModel
    photos = spark.read.format("binaryFile").load("/data/photos")
    ConvoyModel.of("/data/runs/first/models/conv24").transform(photos)

What a user can mend of models and settings is a ValueError of one line; what is wrong with a column
or a parameter is PySpark's IllegalArgumentException.
"""

import sys

from py4j.protocol import Py4JJavaError
from pyspark import SparkContext, keyword_only
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel
from pyspark.sql import SparkSession

__all__ = ["ConvoyClassifier", "ConvoyModel", "register"]

_PACKAGE = "io.convoy.ml"
_MISTAKE = "io.convoy.failure.UserException"

# PySpark looks for the Python class of a stage in the module of its Java package, whose name begins
# as that of a module of Python's own.
sys.modules[_PACKAGE] = sys.modules[__name__]


def _java(name):
    found = SparkContext._active_spark_context._jvm
    for part in (_PACKAGE + "." + name).split("."):
        found = getattr(found, part)
    return found


def _mendable(call):
    """Calls, and tells a mistake of the user's without a stack trace."""
    try:
        return call()
    except Py4JJavaError as error:
        if error.java_exception.getClass().getName() != _MISTAKE:
            raise
        raise ValueError(error.java_exception.getMessage()) from None


def register(spark, name, model):
    """Registers the function of a model in Spark SQL.

    :param name: that the function gets, such as convoy_predict
    :param model: RUN/models/NAME, a file in it, or a folder that ConvoyModel saved
    """
    _mendable(lambda: _java("ConvoyFunction").register(spark._jsparkSession, name, model))


class _Reader(JavaMLReader):
    @classmethod
    def _java_loader_class(cls, clazz):
        return _PACKAGE + "." + clazz.__name__

    def load(self, path):
        return _mendable(lambda: super(_Reader, self).load(path))


class _Stage(Params):
    """The columns of a network that is yet to be trained, or is."""

    featuresCol = Param(
        Params._dummy(),
        "featuresCol",
        "column of the photos: bytes of files, or images of Spark's schema",
        TypeConverters.toString,
    )
    rawPredictionCol = Param(
        Params._dummy(),
        "rawPredictionCol",
        "column of the natural logarithms of the probabilities",
        TypeConverters.toString,
    )
    probabilityCol = Param(
        Params._dummy(),
        "probabilityCol",
        "column of the probabilities, one a class, in their order",
        TypeConverters.toString,
    )
    predictionCol = Param(
        Params._dummy(),
        "predictionCol",
        "column of the prediction: the index of the class",
        TypeConverters.toString,
    )
    predictedLabelCol = Param(
        Params._dummy(),
        "predictedLabelCol",
        "column of the name of the predicted class",
        TypeConverters.toString,
    )
    reasonCol = Param(
        Params._dummy(),
        "reasonCol",
        "column of why a photo has no prediction; null where it has one",
        TypeConverters.toString,
    )
    handleInvalid = Param(
        Params._dummy(),
        "handleInvalid",
        "what to do with a photo that cannot be used: keep the row, or skip it",
        TypeConverters.toString,
    )

    @classmethod
    def read(cls):
        return _Reader(cls)

    def getFeaturesCol(self):
        return self.getOrDefault(self.featuresCol)

    def setFeaturesCol(self, value):
        return self._set(featuresCol=value)

    def getRawPredictionCol(self):
        return self.getOrDefault(self.rawPredictionCol)

    def setRawPredictionCol(self, value):
        return self._set(rawPredictionCol=value)

    def getProbabilityCol(self):
        return self.getOrDefault(self.probabilityCol)

    def setProbabilityCol(self, value):
        return self._set(probabilityCol=value)

    def getPredictionCol(self):
        return self.getOrDefault(self.predictionCol)

    def setPredictionCol(self, value):
        return self._set(predictionCol=value)

    def getPredictedLabelCol(self):
        return self.getOrDefault(self.predictedLabelCol)

    def setPredictedLabelCol(self, value):
        return self._set(predictedLabelCol=value)

    def getReasonCol(self):
        return self.getOrDefault(self.reasonCol)

    def setReasonCol(self, value):
        return self._set(reasonCol=value)

    def getHandleInvalid(self):
        return self.getOrDefault(self.handleInvalid)

    def setHandleInvalid(self, value):
        return self._set(handleInvalid=value)


class ConvoyModel(JavaModel, _Stage, JavaMLReadable, JavaMLWritable):
    """A trained network that predicts the class of photos in a column."""

    threshold = Param(
        Params._dummy(),
        "threshold",
        "of two classes, the probability above which a photo is called the second",
        TypeConverters.toFloat,
    )

    @classmethod
    def of(cls, model):
        """A model that convoy has trained: RUN/models/NAME, or a file in it."""
        session = SparkSession.builder.getOrCreate()._jsparkSession
        return cls._from_java(_mendable(lambda: _java("ConvoyModel").of(session, model)))

    @classmethod
    def _from_java(cls, java_model):
        model = cls(java_model)
        model._transfer_params_from_java()
        return model

    @property
    def classes(self):
        """The names of the classes, in the order of their indices."""
        return list(self._java_obj.classes())

    @property
    def numClasses(self):
        return self._java_obj.numClasses()

    def getThreshold(self):
        return self.getOrDefault(self.threshold)

    def setThreshold(self, value):
        """Of two classes alone; the model's own threshold where none is set."""
        return self._set(threshold=value)

    def transform(self, dataset, params=None):
        return _mendable(lambda: super(ConvoyModel, self).transform(dataset, params))


class ConvoyClassifier(JavaEstimator, _Stage, JavaMLReadable, JavaMLWritable):
    """Trains networks on the photos of a column, and gives the best of them."""

    labelCol = Param(
        Params._dummy(),
        "labelCol",
        "column of the class: its name, or its index from 0",
        TypeConverters.toString,
    )
    runFolder = Param(
        Params._dummy(),
        "runFolder",
        "a new folder for the run, on a file system that executors write",
        TypeConverters.toString,
    )
    confs = Param(
        Params._dummy(),
        "confs",
        "conf files, the later over the earlier",
        TypeConverters.toListString,
    )
    settings = Param(
        Params._dummy(),
        "settings",
        "settings over the conf files, as in images.height=64",
        TypeConverters.toListString,
    )
    architectures = Param(
        Params._dummy(),
        "architectures",
        "which of the settings are trained; all where empty",
        TypeConverters.toListString,
    )
    epochs = Param(
        Params._dummy(),
        "epochs",
        "of every architecture, instead of its own number",
        TypeConverters.toInt,
    )

    @keyword_only
    def __init__(
        self,
        *,
        featuresCol="content",
        labelCol="label",
        rawPredictionCol="rawPrediction",
        probabilityCol="probability",
        predictionCol="prediction",
        predictedLabelCol="predictedLabel",
        reasonCol="reason",
        handleInvalid="keep",
        runFolder=None,
        confs=None,
        settings=None,
        architectures=None,
        epochs=None,
    ):
        super().__init__()
        self._java_obj = self._new_java_obj(_PACKAGE + ".ConvoyClassifier", self.uid)
        self._setDefault(
            featuresCol="content",
            labelCol="label",
            rawPredictionCol="rawPrediction",
            probabilityCol="probability",
            predictionCol="prediction",
            predictedLabelCol="predictedLabel",
            reasonCol="reason",
            handleInvalid="keep",
            confs=[],
            settings=[],
            architectures=[],
        )
        self._set(**self._input_kwargs)

    @classmethod
    def _from_java(cls, java_stage):
        stage = cls()
        stage._java_obj = java_stage
        stage._resetUid(java_stage.uid())
        stage._transfer_params_from_java()
        return stage

    def _create_model(self, java_model):
        return ConvoyModel._from_java(java_model)

    def fit(self, dataset, params=None):
        return _mendable(lambda: super(ConvoyClassifier, self).fit(dataset, params))

    def getLabelCol(self):
        return self.getOrDefault(self.labelCol)

    def setLabelCol(self, value):
        return self._set(labelCol=value)

    def getRunFolder(self):
        return self.getOrDefault(self.runFolder)

    def setRunFolder(self, value):
        return self._set(runFolder=value)

    def getConfs(self):
        return self.getOrDefault(self.confs)

    def setConfs(self, value):
        return self._set(confs=value)

    def getSettings(self):
        return self.getOrDefault(self.settings)

    def setSettings(self, value):
        return self._set(settings=value)

    def getArchitectures(self):
        return self.getOrDefault(self.architectures)

    def setArchitectures(self, value):
        return self._set(architectures=value)

    def getEpochs(self):
        return self.getOrDefault(self.epochs)

    def setEpochs(self, value):
        return self._set(epochs=value)
