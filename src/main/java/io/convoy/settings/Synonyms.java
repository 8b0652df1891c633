package io.convoy.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What other tools call what convoy has, and what they have that convoy has not. */
final class Synonyms {
  private static final String OPTIMIZER_RATE = "architectures.NAME.optimizer.learning-rate";

  /** Words of others; ours, the likeliest first; the whole key, where it is one. */
  private static final Map<String, Row> ROWS =
      table(
          """
          bce, bceloss, bcewithlogits, bcewithlogitsloss, binary_crossentropy, crossentropyloss, nll, \
          nllloss, log_loss, xent, categorical_crossentropy, sparse_categorical_crossentropy, ce \
          | cross-entropy
          mean_squared_error, mseloss, squared_error, l2loss, brier | mse
          l2, wd, l2_regularization, regularization | mse, weight-decay | architectures.NAME.weight-decay
          adamw | adam
          momentum_sgd, sgd_momentum, sgdm, nag | nesterov
          lr, lr0, eta, base_lr, initial_lr, learning_rate, step_size | learning-rate | %1$s
          eps | epsilon | architectures.NAME.optimizer.epsilon
          betas, beta | beta1 | architectures.NAME.optimizer.beta1
          weight_decay | weight-decay | architectures.NAME.weight-decay
          optim, opt, optimiser, solver, optimizer | optimizer | architectures.NAME.optimizer.name
          criterion, loss_fn, loss_function, objective, loss | loss | architectures.NAME.loss
          batch_size, minibatch, minibatch_size, mini_batch_size, bs, train_batch_size, \
          per_device_train_batch_size, batch | batch | architectures.NAME.batch
          num_epochs, n_epochs, max_epochs, num_train_epochs, epoch, n_epoch, epochs \
          | epochs | architectures.NAME.epochs
          val, dev, val_split, validation_split, val_size, validation_size, valid_pct, val_pct, \
          val_ratio, validation_fraction, val_fraction | validation | split.shares.validation
          valid | none, validation | split.shares.validation
          test_size, test_split, test_ratio, test_fraction | test | split.shares.test
          train_size, train_split, train_ratio, train_fraction | train | split.shares.train
          img_size, image_size, imgsz, input_shape, input_size, image_shape, resolution, resize, \
          target_size, crop_size, size | height | images.height and images.width
          num_workers, n_workers, n_jobs, num_executors, world_size, workers | workers | train.workers
          random_state, random_seed, manual_seed, rng, seed | seed | train.seed
          num_classes, n_classes, class_names, label_names, labels, classes | classes | images.classes
          dropout_rate, drop, drop_rate, p_dropout, dropout2d | dropout | the layer { dropout = 0.5 }
          maxpool, maxpool2d, max_pooling, max_pool, max_pooling2d, pooling \
          | pool, max | the layer { pool = max, kernel = 2 }
          avgpool, avgpool2d, avg_pool, average_pooling2d, average_pooling, mean_pool \
          | pool, average | the layer { pool = average, kernel = 2 }
          avg, mean | average
          conv2d, convolution, convolution2d, convolutional, filters, out_channels \
          | conv | the layer { conv = 32, kernel = 3 }
          linear | dense, identity | the layer { dense = 64 }
          fc, fully_connected, units, neurons, hidden_size, out_features \
          | dense | the layer { dense = 64 }
          bn, batchnorm, batch_norm, batchnorm2d, batch_normalization \
          | batch-norm | the layer { batch-norm = 0.9 }
          ln, layernorm, layer_norm, layernorm2d, layer_normalization, channel_norm \
          | layer-norm | the layer { layer-norm = 1e-6 }
          separable_conv2d, sepconv | separable-conv | the layer { separable-conv = 32, kernel = 3 }
          group_conv, groupconv, group_convolution, grouped_convolution, group_width, cardinality \
          | grouped-conv, groups | the layer { grouped-conv = 64, groups = 4, kernel = 3 }
          depthwise_conv2d, dwconv | depthwise-conv | the layer { depthwise-conv = 3 }
          gap, global_average_pooling2d, global_avg_pool, adaptive_avg_pool2d, global_max_pool, \
          global_max_pooling2d | global-pool | the layer { global-pool = average }
          skip, shortcut, resblock, res_block, residual_block \
          | residual | the layer { residual = [...] }
          se, se_block, squeeze_excite, selayer, seblock, sca, squeeze_and_excitation \
          | squeeze-excitation | the layer { squeeze-excitation = 16 }
          drop_path, drop_path_rate, droppath, survival_prob, drop_connect, drop_connect_rate, \
          stochastic_depth_prob, layer_drop \
          | stochastic-depth | { residual = [...], stochastic-depth = 0.1 }
          kernel_size, filter_size, pool_size | kernel
          act, activation_fn, nonlinearity | activation
          lrelu | leaky-relu
          logistic | sigmoid
          silu | swish
          early_stopping, early_stop, earlystopping, patience \
          | stop | architectures.NAME.stop { metric = loss, patience = 8 }
          monitor | metric, best
          label_smooth, smoothing, label_smoothing_factor \
          | label-smoothing | architectures.NAME.label-smoothing
          scheduler, lr_scheduler, lr_schedule | schedule | architectures.NAME.schedule
          cosine_annealing, cosine_annealing_lr, cosine_decay, cos, cos_lr | cosine
          step_lr, step_decay, multistep | step
          fixed | constant
          onecycle, one_cycle_lr | one-cycle | architectures.NAME.schedule { name = one-cycle }
          gamma | factor
          warmup, warmup_epochs, warm_up, warmup_steps \
          | warm-up-epochs | architectures.NAME.schedule.warm-up-epochs
          class_weight, pos_weight | class-weights | architectures.NAME.class-weights
          augmentation, augmentations, data_augmentation, aug, transforms \
          | augment | architectures.NAME.augment
          fliplr, horizontal_flip, hflip, random_horizontal_flip, random_flip, mirror \
          | flip | architectures.NAME.augment.flip
          rotate, rotation_range, degrees, random_rotation \
          | rotation | architectures.NAME.augment.rotation
          zoom, random_resized_crop, random_crop, scale \
          | crop-scale | architectures.NAME.augment.crop-scale
          translate | shift | architectures.NAME.augment.shift
          trivialaugment, trivial_augment_wide | trivial-augment | architectures.NAME.augment.trivial-augment
          mixup, mixup_alpha | mixup, mix | architectures.NAME.mix { mixup = 0.2 }
          cutmix, cutmix_alpha | cutmix, mix | architectures.NAME.mix { cutmix = 1 }
          grad_clip, clipnorm, clip_norm, clip_grad_norm, max_grad_norm, gradient_clip_val \
          | gradient-clipping | architectures.NAME.gradient-clipping
          ema, moving_average, model_ema | ema-decay | architectures.NAME.ema-decay
          bf16 | bfloat16, precision | train.precision = bfloat16
          fp32 | float32
          amp, mixed_precision | precision | train.precision = auto
          random_erasing, erasing | cutout | architectures.NAME.augment.cutout
          acc, val_acc, val_accuracy, binary_accuracy | accuracy
          val_loss | loss
          roc_auc, auroc | auc
          pearsonr, r | pearson
          sync_every, local_steps, averaging_freq \
          | averaging-frequency | train.averaging-frequency
          data_dir, dataset, input, input_dir, source, img_dir, image_dir, train_dir, photos, data, images \
          | data, images, image
          output, output_dir, outdir, save_dir, dest | out
          arch, net, network, networks | architectures
          weights, checkpoint, ckpt, pretrained, init_from, load | from, model | architectures.NAME.base
          config, cfg, config_file, settings | conf
          force, exist_ok, overwrite_output_dir, clobber | overwrite
          continue | resume
          """
              .formatted(OPTIMIZER_RATE));

  /** Words of others for what convoy does not have. */
  private static final List<String> ABSENT =
      words(
          """
          relu6, mish, selu, prelu, softplus, hard_swish, hardswish, softmax, \
          mae, l1, l1_loss, mean_absolute_error, huber, smooth_l1, hinge, focal, focal_loss, kl, \
          rmsprop, adagrad, adadelta, adamax, nadam, radam, adafactor, lion, lamb, lars, lbfgs, ftrl, \
          amsgrad, f1, f1_score, precision, recall, rmse, r2, \
          exponential, polynomial, plateau, reduce_lr_on_plateau, \
          flipud, vertical_flip, vflip, mosaic, randaugment, rand_augment, autoaugment, color_jitter, shear, \
          group_norm, instance_norm, lstm, gru, rnn, attention, transformer, \
          embedding, flatten, upsample, conv_transpose, conv1d, conv3d, dilation, groups, \
          device, gpu, gpus, cuda, fp16, accumulate, gradient_accumulation_steps, num_layers""");

  private record Row(List<String> ours, Optional<String> key) {}

  private Synonyms() {}

  /** What the word is called here, if that is among the known words. */
  static Optional<String> among(Collection<String> known, String word) {
    return Optional.ofNullable(ROWS.get(plain(word))).stream()
        .flatMap(row -> row.ours().stream())
        .filter(known::contains)
        .findFirst();
  }

  /** The whole key, or the layer, of what the word means, wherever that belongs. */
  static Optional<String> elsewhere(String word) {
    return Optional.ofNullable(ROWS.get(plain(word))).flatMap(Row::key);
  }

  /** Whether the word is a usual one for something that convoy does not have. */
  static boolean isAbsent(String word) {
    return ABSENT.contains(plain(word));
  }

  /** Small letters and digits alone, so that all ways to join words are alike. */
  static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_ .]", "");
  }

  private static Map<String, Row> table(String text) {
    Map<String, Row> rows = new HashMap<>();
    for (String line : text.lines().toList()) {
      String[] columns = line.split("\\|");
      Row row =
          new Row(
              Arrays.stream(columns[1].split(",")).map(String::strip).toList(),
              columns.length > 2 ? Optional.of(columns[2].strip()) : Optional.empty());
      words(columns[0]).forEach(word -> rows.put(word, row));
    }
    return Map.copyOf(rows);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(",")).map(word -> plain(word.strip())).toList();
  }
}
