// Draws the charts, sorts and opens the ranking's rows, and follows the choice of a network. All data is untrusted: it only ever
// becomes numbers, text nodes and the text of the charts, never HTML.
(function () {
  'use strict';

  var data = JSON.parse(document.getElementById('data-of-charts').textContent);
  var root = document.documentElement;
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  var seriesChoice = document.getElementById('series');
  var splitChoice = document.getElementById('split');
  var classChoice = document.getElementById('class');
  var SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin', 'arrow', 'emptyCircle'];
  var STROKES = ['solid', 'dashed', 'dotted'];
  var COLOURS = 8;
  var drawn = [];
  // The points of a plot that want their names beside them.
  var named = new Map();

  function colour(name) {
    return getComputedStyle(root).getPropertyValue('--' + name).trim();
  }

  function colourOf(series) {
    return colour('c' + (series.colour % COLOURS));
  }

  function symbolOf(series) {
    return SYMBOLS[series.colour % SYMBOLS.length];
  }

  function labelOf(series) {
    return series.label;
  }

  function strokeOf(series) {
    return STROKES[series.stroke % STROKES.length];
  }

  function fixed(number, decimals) {
    return number === null || number === undefined ? '\u2013' : number.toFixed(decimals);
  }

  function percent(share) {
    return share === null || share === undefined ? '\u2013' : (100 * share).toFixed(1) + ' %';
  }

  function grouped(number) {
    return String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, ',');
  }

  function duration(seconds) {
    if (seconds < 120) {
      return fixed(seconds, seconds < 10 ? 1 : 0) + ' s';
    }
    return seconds < 7200 ? fixed(seconds / 60, 1) + ' min' : fixed(seconds / 3600, 1) + ' h';
  }

  function element(tag, text) {
    var made = document.createElement(tag);
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
  }

  // A tooltip as elements: a heading, and rows of a mark, a name and a value.
  function tip(heading, rows) {
    var box = element('div');
    var title = element('div', heading);
    title.style.fontWeight = '600';
    box.appendChild(title);
    rows.forEach(function (row) {
      var line = element('div');
      line.style.cssText = 'display:flex;align-items:center;gap:0.5em';
      var mark = element('span');
      mark.style.cssText = 'width:0.6em;height:0.6em;border-radius:2px';
      mark.style.background = row.colour || 'transparent';
      var value = element('span', row.value);
      value.style.cssText =
        'margin-left:auto;padding-left:1em;font-variant-numeric:tabular-nums;font-weight:600';
      line.appendChild(mark);
      line.appendChild(element('span', row.name));
      line.appendChild(value);
      box.appendChild(line);
    });
    return box;
  }

  function axis(name, more) {
    var settings = {
      type: 'value',
      name: name,
      nameLocation: 'middle',
      nameTextStyle: { color: colour('quiet'), fontSize: 12 },
      axisLabel: { color: colour('quiet'), fontSize: 11, hideOverlap: true },
      axisLine: { show: true, lineStyle: { color: colour('rule') } },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: colour('rule'), opacity: 0.6 } }
    };
    return Object.assign(settings, more);
  }

  function across(name, more) {
    return axis(name, Object.assign({ nameGap: 28, splitLine: { show: false } }, more));
  }

  function up(name, more) {
    return axis(name, Object.assign({ nameGap: 46 }, more));
  }

  // What all charts share.
  function frame(x, y, series, more) {
    var settings = {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 66, right: 18, top: 14, bottom: 48 },
      xAxis: x,
      yAxis: y,
      series: series,
      tooltip: {
        confine: true,
        backgroundColor: colour('paper'),
        borderColor: colour('rule'),
        textStyle: { color: colour('ink'), fontSize: 12 }
      }
    };
    Object.keys(more || {}).forEach(function (key) {
      settings[key] = Object.assign({}, settings[key], more[key]);
    });
    return settings;
  }

  // A legend below the chart, in as many rows as its names take, and the room that it needs. Names
  // that are cut or on another page would be lost on paper.
  var LEGEND_ROW = 22;
  var LEGEND_ITEM = 25 + 5 + 14;
  var LEGEND_MOST_ROWS = 4;

  function withLegend(plot, names, more) {
    var pen = document.createElement('canvas').getContext('2d');
    pen.font = '12px ' + getComputedStyle(document.body).fontFamily;
    var rows = 1;
    var used = 0;
    names.forEach(function (name) {
      var width = LEGEND_ITEM + pen.measureText(name).width;
      if (used > 0 && used + width > plot.clientWidth) {
        rows++;
        used = 0;
      }
      used += width;
    });
    var paged = rows > LEGEND_MOST_ROWS;
    return {
      grid: Object.assign({}, more, { bottom: 56 + LEGEND_ROW * (paged ? 1 : rows) }),
      legend: {
        type: paged ? 'scroll' : 'plain',
        bottom: 0,
        itemGap: 14,
        textStyle: { color: colour('ink'), fontSize: 12 },
        inactiveColor: colour('rule'),
        pageTextStyle: { color: colour('quiet') },
        pageIconColor: colour('accent'),
        data: names.map(function (name) { return { name: name }; })
      }
    };
  }

  function guide(points) {
    return {
      type: 'line',
      data: points,
      silent: true,
      symbol: 'none',
      lineStyle: { color: colour('quiet'), width: 1, type: 'dashed', opacity: 0.7 },
      tooltip: { show: false }
    };
  }

  // A line across the chart where x has a value.
  function mark(x, text) {
    return {
      silent: true,
      symbol: 'none',
      lineStyle: { color: colour('quiet'), width: 1, type: 'solid' },
      label: { formatter: function () { return text; }, color: colour('quiet'), fontSize: 11 },
      data: [{ xAxis: x }]
    };
  }

  function epochNumbers(most) {
    return Array.from({ length: most }, function (_, i) { return String(i + 1); });
  }

  function mostEpochs(all) {
    return all.reduce(function (most, series) {
      return series.epochs.reduce(function (m, epoch) { return Math.max(m, epoch.epoch); }, most);
    }, 0);
  }

  // The figure of each epoch, null where there is none.
  function byEpoch(series, most, figure) {
    var values = epochNumbers(most).map(function () { return null; });
    series.epochs.forEach(function (epoch) { values[epoch.epoch - 1] = epoch[figure]; });
    return values;
  }

  // An axis with round ends around the values, at least so wide: what hardly changes is not blown
  // up to a slope.
  function around(values, least) {
    var defined = values.filter(function (value) { return value !== null; });
    var low = Math.min.apply(null, defined);
    var high = Math.max.apply(null, defined);
    var room = Math.max((high - low) / 10, (least - (high - low)) / 2);
    var rough = (high - low + 2 * room) / 4;
    var power = Math.pow(10, Math.floor(Math.log10(rough)));
    var step = [1, 2, 5, 10].find(function (times) { return times * power >= rough; }) * power;
    var decimals = Math.max(0, -Math.floor(Math.log10(step * 1.001)));
    return {
      min: step * Math.floor((low - room) / step),
      max: step * Math.ceil((high + room) / step),
      interval: step,
      axisLabel: {
        color: colour('quiet'),
        fontSize: 11,
        formatter: function (value) { return value.toFixed(decimals); }
      }
    };
  }

  function percentages(series, figure) {
    return series.reduce(function (all, one) {
      return all.concat(figure(one).map(function (share) {
        return share === null ? null : 100 * share;
      }));
    }, []);
  }

  function accuracyChart(plot) {
    var all = data.series.filter(function (series) {
      return series.group === Number(plot.dataset.group) && series.epochs.some(function (epoch) { return epoch.validationAccuracy !== null; });
    });
    var most = mostEpochs(all);
    if (all.length === 0) {
      return null;
    }
    return frame(
      across('Epoch', { type: 'category', data: epochNumbers(most), boundaryGap: most === 1 }),
      up('Accuracy on validation (%)', around(percentages(all, function (series) {
        return series.epochs.map(function (epoch) { return epoch.validationAccuracy; });
      }), 4)),
      all.map(function (series) {
        return {
          type: 'line',
          name: series.label,
          data: byEpoch(series, most, 'validationAccuracy').map(function (share) {
            return share === null ? null : 100 * share;
          }),
          symbol: symbolOf(series),
          symbolSize: 7,
          itemStyle: { color: colourOf(series) },
          lineStyle: { width: 2, type: strokeOf(series) }
        };
      }),
      Object.assign(withLegend(plot, all.map(labelOf)), {
        tooltip: {
          trigger: 'axis',
          formatter: function (points) {
            return tip('Epoch ' + points[0].axisValue, points
              .filter(function (point) { return typeof point.value === 'number'; })
              .sort(function (a, b) { return b.value - a.value; })
              .map(function (point) {
                return {
                  colour: point.color,
                  name: point.seriesName,
                  value: fixed(point.value, 1) + ' %'
                };
              }));
          }
        }
      }));
  }

  function learningChart(series) {
    var most = mostEpochs([series]);
    var ink = colourOf(series);
    var accuracy = byEpoch(series, most, 'validationAccuracy');
    var losses = byEpoch(series, most, 'trainLoss').concat(byEpoch(series, most, 'validationLoss'));
    if (losses.every(function (loss) { return loss === null; })) {
      return null;
    }
    var best = series.bestEpoch !== null && most > 1
      ? mark(series.bestEpoch - 1, 'best') : undefined;
    // Hollow and full, as of a single epoch there is no line.
    function line(name, figure, stroke) {
      return {
        type: 'line',
        name: name,
        data: byEpoch(series, most, figure),
        symbol: 'circle',
        symbolSize: most === 1 ? 9 : 5,
        itemStyle: { color: stroke === 'dashed' ? colour('paper') : ink, borderColor: ink, borderWidth: 2 },
        lineStyle: { width: 2, type: stroke, color: ink }
      };
    }
    return frame(
      across('Epoch', { type: 'category', data: epochNumbers(most), boundaryGap: most === 1 }),
      up('Loss', around(losses, 0.02)),
      [
        line('training', 'trainLoss', 'dashed'),
        Object.assign(line('validation', 'validationLoss', 'solid'), { markLine: best })
      ],
      {
        grid: { top: 24 },
        tooltip: {
          trigger: 'axis',
          formatter: function (points) {
            var at = points[0].dataIndex;
            return tip('Epoch ' + (at + 1), points.map(function (point) {
              return { colour: ink, name: point.seriesName + ' loss', value: fixed(point.value, 4) };
            }).concat({ name: 'validation accuracy', value: percent(accuracy[at]) }));
          }
        }
      });
  }

  // The networks of a group that have both figures, the accuracy in percent.
  function priced(group, cost) {
    return data.series.filter(function (series) {
      return series.group === group && series.price !== null && series.price.accuracy !== null
        && series.price.costs[cost] !== undefined;
    }).map(function (series) {
      return { series: series, at: [series.price.costs[cost], 100 * series.price.accuracy] };
    });
  }

  function costChart(plot, cost, xAxis, unit, detail) {
    var group = Number(plot.dataset.group);
    var points = priced(group, cost);
    if (points.length === 0) {
      return null;
    }
    points.forEach(function (point) { point.at[0] *= unit; });
    named.set(plot, points);
    var splits = points.map(function (point) { return point.series.price.split; });
    var split = splits.every(function (one) { return one === splits[0]; }) ? splits[0] : 'validation or test';
    var best = data.pareto[group][cost].map(function (label) {
      return points.find(function (point) { return point.series.label === label; });
    });
    return frame(
      xAxis,
      up('Accuracy on ' + split + ' (%)', around(points.map(function (point) { return point.at[1]; }), 4)),
      [
        Object.assign(guide(best.map(function (point) { return point.at; })), { step: 'end' })
      ].concat(points.map(function (point) {
        return {
          type: 'scatter',
          name: point.series.label,
          data: [point.at],
          symbol: symbolOf(point.series),
          symbolSize: 13,
          itemStyle: { color: colourOf(point.series), opacity: point.series.price.learned ? 1 : 0.4 }
        };
      })),
      {
        grid: { top: 30, right: 24 },
        tooltip: {
          trigger: 'item',
          formatter: function (hit) {
            var point = points[hit.seriesIndex - 1];
            return tip(point.series.label, [
              { colour: hit.color, name: 'accuracy', value: percent(point.series.price.accuracy) }
            ].concat(detail(point.series.price)).concat(
              best.indexOf(point) >= 0 ? [{ name: 'in the Pareto set', value: '' }] : []
            ).concat(
              point.series.price.learned ? [] : [{ name: 'no better than a constant', value: '' }]));
          }
        }
      });
  }

  // A text no wider than so many pixels, in one line.
  function cut(text, pen, most) {
    var line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
    if (pen.measureText(line).width <= most) {
      return line;
    }
    var letters = Array.from(line);
    while (letters.length > 1 && pen.measureText(letters.join('') + '\u2026').width > most) {
      letters.pop();
    }
    return letters.join('') + '\u2026';
  }

  function overlap(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }

  var LABEL_HEIGHT = 14;
  var LABEL_MOST_WIDTH = 130;
  var LABEL_DISTANCES = [9, 18, 30, 44, 60, 80, 105, 135];
  // The place above a point first, then those beside it.
  var LABEL_DIRECTIONS = [
    [0, -1], [1, 0], [-1, 0], [0, 1], [0.7, -0.7], [-0.7, -0.7], [0.7, 0.7], [-0.7, 0.7],
    [0.4, -0.9], [-0.4, -0.9], [0.9, -0.4], [-0.9, -0.4], [0.9, 0.4], [-0.9, 0.4], [0.4, 0.9], [-0.4, 0.9]
  ];

  // Where a label can be: the nearest place that is free and within the bounds; undefined if there
  // is none.
  function labelPlace(x, y, width, taken, bounds) {
    var places = [];
    LABEL_DISTANCES.forEach(function (distance) {
      LABEL_DIRECTIONS.forEach(function (direction) {
        var middleX = x + direction[0] * (distance + width / 2);
        var middleY = y + direction[1] * (distance + LABEL_HEIGHT / 2);
        places.push({
          distance: distance,
          left: middleX - width / 2,
          right: middleX + width / 2,
          top: middleY - LABEL_HEIGHT / 2,
          bottom: middleY + LABEL_HEIGHT / 2
        });
      });
    });
    return places.find(function (place) {
      return place.left >= bounds.left && place.right <= bounds.right
        && place.top >= bounds.top && place.bottom <= bounds.bottom
        && !taken.some(function (other) { return overlap(place, other); });
    });
  }

  // Writes the names of points beside them so that none lies on another or on a point, with a line to
  // those that had to go further away. A name without a free place is left to the tooltip.
  function writeNames(chart, points) {
    var pen = document.createElement('canvas').getContext('2d');
    pen.font = '11px ' + getComputedStyle(document.body).fontFamily;
    var bounds = { left: 50, right: chart.getWidth(), top: 0, bottom: chart.getHeight() - 46 };
    var places = points.map(function (point) {
      var pixel = chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, point.at);
      return { x: pixel[0], y: pixel[1], text: cut(point.series.label, pen, LABEL_MOST_WIDTH) };
    });
    var taken = places.map(function (place) {
      return { left: place.x - 8, right: place.x + 8, top: place.y - 8, bottom: place.y + 8 };
    });
    var drawing = [];
    places.forEach(function (place) {
      var width = pen.measureText(place.text).width + 4;
      var box = labelPlace(place.x, place.y, width, taken, bounds);
      if (!box) {
        return;
      }
      taken.push(box);
      if (box.distance > LABEL_DISTANCES[1]) {
        drawing.push({
          type: 'line',
          silent: true,
          z: 1,
          shape: {
            x1: place.x,
            y1: place.y,
            x2: Math.max(box.left, Math.min(place.x, box.right)),
            y2: Math.max(box.top, Math.min(place.y, box.bottom))
          },
          style: { stroke: colour('quiet'), lineWidth: 0.75 }
        });
      }
      drawing.push({
        type: 'text',
        silent: true,
        z: 10,
        x: box.left + 2,
        y: box.top + 1,
        style: { text: place.text, fill: colour('ink'), font: pen.font }
      });
    });
    chart.setOption({ graphic: drawing }, { replaceMerge: ['graphic'] });
  }

  function powers(number) {
    var unit = number >= 1e9 ? ['B', 1e9] : number >= 1e6 ? ['M', 1e6] : number >= 1e3 ? ['k', 1e3] : null;
    return unit === null ? String(number) : number / unit[1] + ' ' + unit[0];
  }

  function bytes(number) {
    var unit = number >= 1e9 ? ['GB', 1e9] : number >= 1e6 ? ['MB', 1e6] : ['kB', 1e3];
    return fixed(number / unit[1], 1) + ' ' + unit[0];
  }

  function sizeChart(plot) {
    return costChart(
      plot,
      'PARAMETERS',
      across('Parameters', {
        type: 'log',
        axisLabel: { color: colour('quiet'), fontSize: 11, formatter: powers, hideOverlap: true }
      }),
      1,
      function (price) {
        return [
          { name: 'parameters', value: grouped(price.costs.PARAMETERS) },
          { name: 'model file', value: bytes(price.modelBytes) }
        ];
      });
  }

  function timeChart(plot) {
    return costChart(plot, 'TRAINING', across('Training time (s)', { min: 0 }), 1, function (price) {
      return [{ name: 'training', value: duration(price.costs.TRAINING) }];
    });
  }

  function inferenceChart(plot) {
    return costChart(
      plot, 'INFERENCE', across('Inference time (ms a photo)', { min: 0 }), 1000, function (price) {
        return [{ name: 'inference', value: fixed(1000 * price.costs.INFERENCE, 2) + ' ms a photo' }];
      });
  }

  function chosenSeries() {
    return data.series[Number(seriesChoice.value)];
  }

  function chosenSplit() {
    var splits = seriesChoice.value === '' ? [] : Object.keys(chosenSeries().splits);
    return splits.indexOf(splitChoice.value) >= 0 ? splitChoice.value : splits[0];
  }

  function figures() {
    return chosenSplit() ? chosenSeries().splits[chosenSplit()] : null;
  }

  function namesOf(series) {
    return data.classes[series.group];
  }

  function isBinary(series) {
    return namesOf(series).length === 2;
  }

  // The label of the class that is told from the others: of two the positive one.
  function chosenClass() {
    return isBinary(chosenSeries()) ? 1 : Number(classChoice.value);
  }

  function positive() {
    return namesOf(chosenSeries())[chosenClass()];
  }

  function negative() {
    return isBinary(chosenSeries()) ? namesOf(chosenSeries())[0] : 'other classes';
  }

  // The curves of the chosen class; undefined where a network has none of it.
  function curves(split) {
    return split && split.curves[chosenClass()];
  }

  var SHARE = { min: 0, max: 1, interval: 0.2 };

  function rocChart(plot) {
    var split = chosenSplit();
    var chosen = chosenSeries();
    var all = data.series.filter(function (series) {
      var ofClass = curves(series.splits[split]);
      return series.group === chosen.group && ofClass && ofClass.roc.length > 0;
    });
    if (all.length === 0) {
      return null;
    }
    return frame(
      across(isBinary(chosen)
        ? 'False positive rate (' + negative() + ' predicted as ' + positive() + ')' : 'False positive rate', SHARE),
      up('True positive rate', SHARE),
      [guide([[0, 0], [1, 1]])].concat(all.map(function (series) {
        var isChosen = series.id === chosen.id;
        return {
          type: 'line',
          name: series.label,
          data: curves(series.splits[split]).roc,
          showSymbol: false,
          symbol: symbolOf(series),
          itemStyle: { color: colourOf(series) },
          lineStyle: { width: isChosen ? 3.5 : 1.25, type: strokeOf(series) },
          z: isChosen ? 4 : 3
        };
      })),
      Object.assign(withLegend(plot, all.map(labelOf)), {
        tooltip: {
          trigger: 'axis',
          formatter: function (points) {
            var lines = points.filter(function (point) { return point.seriesIndex > 0; });
            return lines.length === 0 ? '' : tip(
              'False positive rate ' + percent(lines[0].value[0]),
              lines.map(function (point) {
                var series = all[point.seriesIndex - 1];
                return {
                  colour: point.color,
                  name: series.label + ', AUC ' + fixed(curves(series.splits[split]).auc, 3),
                  value: percent(point.value[1])
                };
              }));
          }
        }
      }));
  }

  function thresholdsChart(plot) {
    var split = figures();
    if (split.sweep.length === 0) {
      return null;
    }
    var ink = colourOf(chosenSeries());
    function line(name, figure, width, stroke, symbol) {
      var lineColour = figure === 'accuracy' ? ink : colour('quiet');
      return {
        type: 'line',
        name: name,
        data: split.sweep.map(function (row) { return [row.threshold, row[figure]]; }),
        symbol: symbol,
        symbolSize: 6,
        itemStyle: { color: lineColour },
        lineStyle: { width: width, type: stroke }
      };
    }
    return frame(
      across('Threshold', SHARE),
      up('Share', SHARE),
      [
        Object.assign(line('accuracy', 'accuracy', 3, 'solid', 'circle'), {
          markLine: mark(split.threshold, 'best ' + fixed(split.threshold, 1))
        }),
        line('precision', 'precision', 1.5, 'solid', 'triangle'),
        line('recall', 'recall', 1.5, 'dashed', 'rect'),
        line('F1', 'f1', 1.5, 'dotted', 'diamond')
      ],
      Object.assign(withLegend(plot, ['accuracy', 'precision', 'recall', 'F1'], { top: 24 }), {
        tooltip: {
          trigger: 'axis',
          formatter: function (points) {
            return tip('Threshold ' + fixed(points[0].value[0], 1), points.map(function (point) {
              return { colour: point.color, name: point.seriesName, value: fixed(point.value[1], 3) };
            }));
          }
        }
      }));
  }

  function calibrationChart() {
    var chosen = chosenSeries();
    var ofClass = curves(figures());
    var bins = ofClass ? ofClass.calibration.map(function (bin, i, all) {
      return {
        from: i / all.length, to: (i + 1) / all.length, images: bin[0], meanProbability: bin[1], positiveShare: bin[2]
      };
    }).filter(function (bin) { return bin.images > 0; }) : [];
    if (bins.length === 0) {
      return null;
    }
    var most = Math.max.apply(null, bins.map(function (bin) { return bin.images; }));
    return frame(
      across('Mean predicted probability of ' + positive(), SHARE),
      up('Observed share of ' + positive(), SHARE),
      [
        guide([[0, 0], [1, 1]]),
        {
          type: 'line',
          name: chosen.label,
          data: bins.map(function (bin) { return [bin.meanProbability, bin.positiveShare]; }),
          symbol: 'circle',
          symbolSize: function (value, point) {
            return 5 + 15 * Math.sqrt(bins[point.dataIndex].images / most);
          },
          itemStyle: { color: colourOf(chosen) },
          lineStyle: { width: 2 }
        }
      ],
      {
        tooltip: {
          trigger: 'item',
          formatter: function (point) {
            var bin = bins[point.dataIndex];
            return tip(fixed(bin.from, 1) + ' to ' + fixed(bin.to, 1), [
              { name: 'photos', value: grouped(bin.images) },
              { name: 'mean probability', value: fixed(bin.meanProbability, 3) },
              { name: 'true ' + positive(), value: percent(bin.positiveShare) }
            ]);
          }
        }
      });
  }

  function histogramChart(plot) {
    var split = figures();
    var ofClass = curves(split);
    var bins = ofClass ? ofClass.histogram.map(function (bin, i, all) {
      return { from: i / all.length, to: (i + 1) / all.length, negatives: bin[0], positives: bin[1] };
    }) : [];
    // Of many classes the chosen one has so few photos that only shares can be compared.
    var all = isBinary(chosenSeries()) ? { positives: 1, negatives: 1 } : {
      positives: bins.reduce(function (sum, bin) { return sum + bin.positives; }, 0) / 100 || 1,
      negatives: bins.reduce(function (sum, bin) { return sum + bin.negatives; }, 0) / 100 || 1
    };
    if (bins.every(function (bin) { return bin.negatives + bin.positives === 0; })) {
      return null;
    }
    function bars(name, ink, value) {
      return {
        type: 'bar',
        name: name,
        stack: 'both',
        barCategoryGap: '12%',
        data: bins.map(function (bin) { return [(bin.from + bin.to) / 2, value(bin)]; }),
        itemStyle: { color: ink }
      };
    }
    return frame(
      across('Predicted probability of ' + positive(), SHARE),
      up(isBinary(chosenSeries()) ? 'Photos' : 'Share of the photos (%)', Object.assign(isBinary(chosenSeries()) ? {} : { min: -100, max: 100, interval: 50 }, {
        axisLabel: {
          color: colour('quiet'),
          fontSize: 11,
          formatter: function (number) { return grouped(Math.abs(number)); }
        }
      })),
      [
        Object.assign(
          bars('true ' + positive(), colour('positive'), function (bin) { return bin.positives / all.positives; }),
          isBinary(chosenSeries())
            ? { markLine: mark(split.threshold, 'threshold ' + fixed(split.threshold, 1)) } : {}),
        bars('true ' + negative(), colour('negative'), function (bin) { return -bin.negatives / all.negatives; })
      ],
      Object.assign(withLegend(plot, ['true ' + positive(), 'true ' + negative()], { top: 24 }), {
        tooltip: {
          trigger: 'axis',
          axisPointer: { type: 'none' },
          formatter: function (points) {
            var bin = bins[points[0].dataIndex];
            return tip(fixed(bin.from, 2) + ' to ' + fixed(bin.to, 2), points.map(function (point) {
              return {
                colour: point.color,
                name: point.seriesName,
                value: grouped(point.seriesIndex === 0 ? bin.positives : bin.negatives)
              };
            }));
          }
        }
      }));
  }

  // The confusion matrix as a map.

  var HEAT_MOST = 34;
  var HEAT_LEAST = 10;
  var HEAT_NAMES = 130;
  // With more classes the list of pairs goes below the map.
  var HEAT_BESIDE = 30;

  // Right cells are green and wrong ones red; roots, as shares of a few percent are the ones to be found.
  function heatColour(cell) {
    var rgb = colour(cell.actual === cell.predicted ? 'right' : 'wrong');
    return 'rgba(' + rgb + ',' + (0.1 + 0.9 * Math.sqrt(cell.share)).toFixed(3) + ')';
  }

  // What the visible map shows, and how large.
  function heatOf(canvas) {
    var split = figures();
    var names = namesOf(chosenSeries());
    var order = split.heat.order;
    var place = new Map(order.map(function (label, i) { return [label, i]; }));
    var pen = canvas.getContext('2d');
    pen.font = '12px ' + getComputedStyle(document.body).fontFamily;
    canvas.closest('.matrix').classList.toggle('wide', order.length > HEAT_BESIDE);
    var margin = 12 + Math.ceil(Math.min(HEAT_NAMES, order.reduce(function (most, label) {
      return Math.max(most, pen.measureText(names[label]).width);
    }, 0)));
    var room = canvas.closest('.map').clientWidth - margin;
    var side = Math.floor(Math.max(HEAT_LEAST, Math.min(
      order.length > 12 ? HEAT_MOST : 1.6 * HEAT_MOST, room / order.length)));
    return {
      order: order,
      names: names,
      margin: margin,
      side: side,
      cells: split.heat.cells.map(function (cell) {
        return {
          actual: cell[0],
          predicted: cell[1],
          images: cell[2],
          row: place.get(cell[0]),
          column: place.get(cell[1]),
          share: cell[2] / split.perClass[cell[0]][0]
        };
      })
    };
  }

  // Draws the map; with the cell under the pointer framed, if there is one.
  function drawHeat(canvas, at) {
    var heat = heatOf(canvas);
    var size = heat.margin + heat.side * heat.order.length + 1;
    var sharp = window.devicePixelRatio || 1;
    canvas.width = Math.round(size * sharp);
    canvas.height = Math.round(size * sharp);
    canvas.style.width = size + 'px';
    canvas.style.height = size + 'px';
    var pen = canvas.getContext('2d');
    var font = getComputedStyle(document.body).fontFamily;
    pen.scale(sharp, sharp);
    pen.fillStyle = colour('panel');
    pen.fillRect(heat.margin, heat.margin, size - heat.margin, size - heat.margin);
    pen.textBaseline = 'middle';
    heat.cells.forEach(function (cell) {
      var x = heat.margin + cell.column * heat.side;
      var y = heat.margin + cell.row * heat.side;
      pen.fillStyle = heatColour(cell);
      pen.fillRect(x, y, heat.side - (heat.side > 14 ? 1 : 0), heat.side - (heat.side > 14 ? 1 : 0));
      pen.font = Math.min(13, heat.side / 2.4) + 'px ' + font;
      if (heat.side >= 20 && pen.measureText(cell.images).width < heat.side - 2) {
        pen.fillStyle = colour('ink');
        pen.textAlign = 'center';
        pen.fillText(cell.images, x + heat.side / 2, y + heat.side / 2);
      }
    });
    pen.font = Math.min(12, heat.side + 1) + 'px ' + font;
    heat.order.forEach(function (label, i) {
      var text = cut(heat.names[label], pen, heat.margin - 8);
      var middle = heat.margin + (i + 0.5) * heat.side;
      pen.fillStyle = colour(at && at.row === i ? 'accent' : 'ink');
      pen.textAlign = 'right';
      pen.fillText(text, heat.margin - 5, middle);
      pen.save();
      pen.fillStyle = colour(at && at.column === i ? 'accent' : 'ink');
      pen.translate(middle, heat.margin - 5);
      pen.rotate(-Math.PI / 2);
      pen.textAlign = 'left';
      pen.fillText(text, 0, 0);
      pen.restore();
    });
    if (at) {
      pen.strokeStyle = colour('ink');
      pen.lineWidth = 1.5;
      pen.strokeRect(heat.margin + at.column * heat.side - 0.5, heat.margin + at.row * heat.side - 0.5, heat.side, heat.side);
    }
    tellCell(canvas, heat, at);
  }

  // Says below the map what the cell is.
  function tellCell(canvas, heat, at) {
    var line = canvas.closest('.map').querySelector('.cell');
    if (!at) {
      line.textContent = 'Point at a cell, or touch it, to read it here.';
      return;
    }
    var cell = heat.cells.find(function (each) { return each.row === at.row && each.column === at.column; });
    var actual = heat.order[at.row];
    var of = figures().perClass[actual][0];
    line.textContent = heat.names[actual] + ' called ' + heat.names[heat.order[at.column]] + ': '
      + grouped(cell ? cell.images : 0) + ' of ' + grouped(of) + ' photos'
      + (of === 0 ? '' : ', ' + percent(cell ? cell.share : 0));
  }

  var ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  function makeReadable(canvas) {
    var at = null;
    function show(row, column) {
      var most = figures().heat.order.length - 1;
      if (row >= 0 && column >= 0 && row <= most && column <= most) {
        at = { row: row, column: column };
        drawHeat(canvas, at);
      }
    }
    function point(event) {
      var heat = heatOf(canvas);
      var box = canvas.getBoundingClientRect();
      show(
        Math.floor((event.clientY - box.top - heat.margin) / heat.side),
        Math.floor((event.clientX - box.left - heat.margin) / heat.side));
    }
    canvas.addEventListener('pointermove', point);
    canvas.addEventListener('pointerdown', point);
    canvas.addEventListener('keydown', function (event) {
      var step = ARROWS[event.key];
      if (step) {
        event.preventDefault();
        show(at ? at.row + step[0] : 0, at ? at.column + step[1] : 0);
      }
    });
  }

  function drawHeats() {
    document.querySelectorAll('.confusion:not([hidden]) .heat').forEach(function (canvas) {
      drawHeat(canvas, null);
    });
  }

  // The table of classes of the choice, with a bar in each cell that is a share.

  var CLASS_COLUMNS = [
    { title: 'Class', style: 'words name', first: 'ascending' },
    { title: 'Photos', style: 'number', first: 'descending' },
    { title: 'Recall', style: 'number bar', first: 'ascending' },
    { title: 'Precision', style: 'number bar', first: 'ascending' },
    { title: 'F1', style: 'number bar', first: 'ascending' },
    { title: 'AUC', style: 'number bar', first: 'ascending' }
  ];
  var F1 = 4;

  function classRow(name, row) {
    var body = element('tbody');
    var line = body.appendChild(element('tr'));
    var heading = line.appendChild(element('th', name));
    heading.scope = 'row';
    heading.className = 'words';
    heading.dataset.words = name;
    row.forEach(function (value, i) {
      var cell = line.appendChild(element('td', i === 0 ? grouped(value) : fixed(value, 3)));
      cell.className = CLASS_COLUMNS[i + 1].style;
      cell.dataset.key = value === null ? '' : String(value);
      if (i > 0) {
        cell.style.setProperty('--share', String(value || 0));
      }
    });
    return body;
  }

  function showClasses() {
    var block = document.querySelector('.classes');
    if (!block) {
      return;
    }
    var split = figures();
    block.hidden = !split || split.perClass.length === 0;
    if (block.hidden) {
      return;
    }
    var names = namesOf(chosenSeries());
    var table = element('table');
    var head = table.appendChild(element('thead')).appendChild(element('tr'));
    table.className = 'sorted';
    CLASS_COLUMNS.forEach(function (column) {
      var heading = head.appendChild(element('th', column.title));
      heading.scope = 'col';
      heading.className = column.style;
      heading.dataset.first = column.first;
    });
    split.perClass.forEach(function (row, label) { table.appendChild(classRow(names[label], row)); });
    block.querySelector('.scroll').replaceChildren(table);
    makeSortable(table);
    head.cells[F1].querySelector('button').click();
  }

  // The classes of the chosen network that have curves, in the order of their names.
  function offerClasses() {
    var series = seriesChoice.value === '' ? null : chosenSeries();
    var several = Boolean(series && figures() && !isBinary(series));
    classChoice.closest('label').hidden = !several;
    if (!several) {
      return;
    }
    var names = namesOf(series);
    var rows = figures().perClass;
    var labels = Object.keys(figures().curves);
    var before = classChoice.selectedOptions.length ? classChoice.selectedOptions[0].textContent : '';
    var weakest = labels.reduce(function (one, other) {
      return rows.length > 0 && rows[other][F1 - 1] !== null && rows[other][F1 - 1] < rows[one][F1 - 1] ? other : one;
    }, labels[0]);
    classChoice.replaceChildren.apply(classChoice, labels.map(function (label) {
      var option = element('option', names[label]);
      option.value = label;
      return option;
    }));
    // The class that was chosen before, or the one that the network knows worst.
    classChoice.value = labels.find(function (label) { return names[label] === before; }) || weakest;
  }

  function shapesChart(run) {
    var counts = data.surveys[run].counts;
    if (counts.length === 0) {
      return null;
    }
    var most = counts.reduce(function (m, count) { return Math.max(m, count[2]); }, 1);
    return frame(
      across('Width (pixels)', { min: 0, boundaryGap: [0, '6%'] }),
      up('Height (pixels)', { min: 0, boundaryGap: [0, '6%'] }),
      [{
        type: 'scatter',
        data: counts.map(function (count) { return [count[1], count[0], count[2]]; }),
        symbolSize: function (value) { return 4 + 26 * Math.sqrt(value[2] / most); },
        itemStyle: { color: colour('c0'), opacity: 0.45 }
      }],
      {
        tooltip: {
          trigger: 'item',
          formatter: function (point) {
            return tip(point.value[1] + ' \u00d7 ' + point.value[0], [
              { name: 'photos', value: grouped(point.value[2]) }
            ]);
          }
        }
      });
  }

  var CHARTS = {
    accuracy: accuracyChart,
    learning: function (plot) { return learningChart(data.series[Number(plot.dataset.series)]); },
    size: sizeChart,
    time: timeChart,
    inference: inferenceChart,
    roc: rocChart,
    thresholds: thresholdsChart,
    calibration: calibrationChart,
    histogram: histogramChart,
    shapes: function (plot) { return shapesChart(Number(plot.dataset.run)); }
  };
  var OF_THE_CHOICE = ['roc', 'thresholds', 'calibration', 'histogram'];

  function draw(plot) {
    var ofTheChoice = OF_THE_CHOICE.indexOf(plot.dataset.chart) >= 0;
    var settings = ofTheChoice && !figures() ? null : CHARTS[plot.dataset.chart](plot);
    var chart = echarts.getInstanceByDom(plot);
    // A chart without anything to show leaves no empty frame behind.
    plot.closest('figure').hidden = settings === null;
    if (settings === null) {
      return;
    }
    if (!chart) {
      chart = echarts.init(plot, null, { renderer: 'svg' });
      drawn.push(chart);
    }
    chart.resize();
    chart.setOption(settings, true);
    writeNames(chart, named.get(plot) || []);
  }

  function plots() {
    return Array.from(document.querySelectorAll('[data-chart]'));
  }

  function showChoice() {
    var split = chosenSplit();
    offerClasses();
    showClasses();
    document.querySelectorAll('.confusion').forEach(function (block) {
      block.hidden = block.dataset.series !== seriesChoice.value || block.dataset.split !== split;
    });
    var galleries = Array.from(document.querySelectorAll('.gallery'));
    galleries.forEach(function (block) {
      block.hidden = block.dataset.series !== seriesChoice.value;
    });
    document.querySelector('#evaluation .empty').hidden = Boolean(split);
    document.querySelector('#photos .empty').hidden =
      galleries.some(function (block) { return !block.hidden; });
    drawHeats();
  }

  function choose() {
    showChoice();
    drawChosen();
  }

  function drawChosen() {
    plots().filter(function (plot) {
      return OF_THE_CHOICE.indexOf(plot.dataset.chart) >= 0;
    }).forEach(draw);
  }

  function drawAll() {
    plots().forEach(draw);
    drawHeats();
  }

  function opposite(order) {
    return order === 'ascending' ? 'descending' : 'ascending';
  }

  // How two bodies of a table stand in a column; what is not defined comes last in any order.
  function compare(column, order) {
    return function (one, other) {
      var a = one.rows[0].cells[column].dataset;
      var b = other.rows[0].cells[column].dataset;
      if (a.words !== undefined) {
        return (order === 'ascending' ? 1 : -1) * a.words.localeCompare(b.words, 'en', { numeric: true });
      }
      if (a.key === '' || b.key === '') {
        return (a.key === '' ? 1 : 0) - (b.key === '' ? 1 : 0);
      }
      return (order === 'ascending' ? 1 : -1) * (Number(a.key) - Number(b.key));
    };
  }

  // A press on a heading sorts by it, the best first; another press turns the order.
  function makeSortable(table) {
    var headings = Array.from(table.tHead.rows[0].cells);
    headings.forEach(function (heading, column) {
      var button = element('button', heading.textContent);
      button.type = 'button';
      heading.textContent = '';
      heading.appendChild(button);
      button.addEventListener('click', function () {
        var first = heading.dataset.first;
        var order = heading.getAttribute('aria-sort') === first ? opposite(first) : first;
        headings.forEach(function (each) { each.removeAttribute('aria-sort'); });
        heading.setAttribute('aria-sort', order);
        Array.from(table.tBodies)
          .sort(compare(0, 'ascending'))
          .sort(compare(column, order))
          .forEach(function (body) { table.appendChild(body); });
      });
    });
    headings[0].setAttribute('aria-sort', 'ascending');
  }

  // The name of an architecture opens what is below its row.
  function makeOpenable(body) {
    var name = body.querySelector('.swatch');
    var more = body.querySelector('.more');
    var button = element('button');
    button.type = 'button';
    button.className = 'open';
    button.title = 'Layers, recipe and more figures';
    button.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-controls', more.id);
    name.replaceWith(button);
    button.appendChild(name);
    more.hidden = true;
    button.addEventListener('click', function () {
      more.hidden = !more.hidden;
      button.setAttribute('aria-expanded', String(!more.hidden));
    });
  }

  // Says on which sides a table goes on, for the shadows there.
  function watchEdges(box) {
    var scroll = box.querySelector('.scroll');
    function look() {
      box.classList.toggle('on-left', scroll.scrollLeft > 1);
      box.classList.toggle('on-right', scroll.scrollLeft + scroll.clientWidth < scroll.scrollWidth - 1);
    }
    scroll.addEventListener('scroll', look, { passive: true });
    new ResizeObserver(look).observe(scroll);
    look();
  }

  document.querySelectorAll('.ranking').forEach(makeSortable);
  document.querySelectorAll('.ranking .entry').forEach(makeOpenable);
  document.querySelectorAll('.scrolls').forEach(watchEdges);
  document.querySelectorAll('.heat').forEach(makeReadable);
  classChoice.addEventListener('change', drawChosen);

  // One thing to choose from is no choice.
  [seriesChoice, splitChoice].forEach(function (select) {
    select.closest('label').hidden = select.options.length < 2;
    select.addEventListener('change', choose);
  });

  // Legends and names take other places in another width.
  var width = window.innerWidth;
  window.addEventListener('resize', function () {
    if (window.innerWidth !== width) {
      width = window.innerWidth;
      drawAll();
    }
  });
  dark.addEventListener('change', drawAll);
  var closed = [];

  window.addEventListener('beforeprint', function () {
    root.classList.add('printing');
    closed = Array.from(document.querySelectorAll('details:not([open])'));
    closed.forEach(function (details) { details.open = true; });
    drawAll();
  });
  window.addEventListener('afterprint', function () {
    root.classList.remove('printing');
    closed.forEach(function (details) { details.open = false; });
    drawAll();
  });

  showChoice();
  drawAll();
  root.dataset.drawn = String(drawn.length);
})();
