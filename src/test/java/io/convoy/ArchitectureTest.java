package io.convoy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.convoy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule theArrowsBetweenTheRoomsHaveNoCycle =
      slices().matching("io.convoy.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theRoomsDoNotKnowTheLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.convoy", "io.convoy.ml")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.convoy");

  @ArchTest
  static final ArchRule onlyAveragingKnowsDl4jSpark =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.convoy.averaging..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.deeplearning4j.spark..");

  @ArchTest
  static final ArchRule onlyCliKnowsScopt =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.convoy.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("scopt..");

  @ArchTest
  static final ArchRule onlyImageKnowsOpenCv =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.convoy.image..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco.opencv..");

  @ArchTest
  static final ArchRule onlyOnednnKnowsOneDnn =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.convoy.onednn..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco.dnnl..");

  @ArchTest
  static final ArchRule onlyOnnxKnowsTheFormat =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.convoy.onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("onnx..", "org.nd4j.shade.protobuf..");

  @ArchTest
  static final ArchRule onlyTrackingKnowsMlflow =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.convoy.tracking..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.mlflow..", "org.mlflow_project..");

  @ArchTest
  static final ArchRule onlyBenchKnowsDl4jsImageLoader =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.convoy.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.datavec..");

  @ArchTest
  static final ArchRule theDoctorsChecksDoNotKnowSpark =
      noClasses()
          .that()
          .resideInAPackage("io.convoy.doctor..")
          .and()
          .haveSimpleNameEndingWith("Check")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule onlyJobsAndTheProgramKnowTheDoctor =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.convoy.doctor..", "io.convoy.job..", "io.convoy.program..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.convoy.doctor..");

  @ArchTest
  static final ArchRule pureCodeDoesNotKnowSpark =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.convoy.settings..",
              "io.convoy.search..",
              "io.convoy.image..",
              "io.convoy.labels..",
              "io.convoy.augment..",
              "io.convoy.network..",
              "io.convoy.onednn..",
              "io.convoy.onnx..",
              "io.convoy.optimizer..",
              "io.convoy.engine..",
              "io.convoy.explain..",
              "io.convoy.evaluate..",
              "io.convoy.compare..",
              "io.convoy.filters..",
              "io.convoy.progress..",
              "io.convoy.failure..",
              "io.convoy.launch..",
              "io.convoy.storage..",
              "io.convoy.build..",
              "io.convoy.plan..",
              "io.convoy.page..",
              "io.convoy.tracking..",
              "io.convoy.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule theArithmeticOfAveragingDoesNotKnowSpark =
      noClasses()
          .that()
          .resideInAPackage("io.convoy.averaging..")
          .and()
          .haveNameMatching(".*\\.(OuterStep|RunningStatistics|EpochPlan|WorkerPlan)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  /** What is not in the job jar is not there for the launcher. */
  @ArchTest
  static final ArchRule launchRunsWithoutSparksLibraries =
      classes()
          .that()
          .resideInAnyPackage("io.convoy.launch..", "io.convoy.settings..", "io.convoy.failure..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "com.typesafe.config..",
              "io.convoy.launch..",
              "io.convoy.settings..",
              "io.convoy.failure..");
}
