"""The faults that mutate.py plants: area → (what is wrong, file, text before, text after). Each text stands once in its file."""

TESTS = {  # patterns of ctest names that should notice; what an area's new tests are called is among them
    "app": ["tst_server_app_*", "tst_app_node", "tst_app_programs", "whole_threads"],
    "sim": ["tst_server_sim_*", "tst_sim_*", "tst_shared_base_csv"],
    "store": ["tst_server_store_*"],
    "charts": ["tst_charts_*"],
}

OPTIONS, NODE = "server/app/options.cpp", "server/app/node.cpp"
APP = [
    ("an address may be empty", OPTIONS, "colon < 1 || !isPort", "colon < 0 || !isPort"),
    ("the least number is refused", OPTIONS, "out < least || out > most", "out <= least || out > most"),
    ("no number is too large", OPTIONS, "out < least || out > most", "out < least"),
    ("no role at all is allowed", OPTIONS, "options.roles.isEmpty() ? wrong", "false ? wrong"),
    ("a value of the config file keeps its sign", OPTIONS, "line.mid(equals + 1)", "line.mid(equals)"),
    ("a wrong option is forgotten", OPTIONS, "COHORT_CHECK(apply(options, name, value));", "(void)apply(options, name, value);"),
    ("a key without certificate", OPTIONS, "hasTls != !options.tlsKey.isEmpty()", "hasTls && options.tlsKey.isEmpty()"),
    ("open to the network in plain text", OPTIONS, "!listen->isLoopback() && !hasTls", "!listen->isLoopback() && hasTls"),
    ("an operator without a password", OPTIONS, " || !options.passwordFromStdin))", "))"),
    ("the config file is not read", OPTIONS, "COHORT_CHECK(readConfig(options, value));", ";"),
    ("the API's address without its role", OPTIONS, "if (!hasRole(QStringLiteral(\"api\")))", "if (false)"),
    ("composer is not stopped", NODE, "    stopPart(\"composer\", d->composer);\n", ""),
    ("the server is never ready", NODE, "    d->isReady = true;\n", ""),
    ("the password keeps its line's end", "server/app/operator_command.cpp", "        line.chop(1);\n", "        break;\n"),
]

RESIDENT, HOME, CSV = "server/sim/resident.cpp", "server/sim/simulated_home.cpp", "shared/base/csv.cpp"
RECORDED, REPLAY = "server/sim/recorded_home.cpp", "server/sim/replay.cpp"
SIM = [
    ("a quote inside a cell is lost", CSV, "    if (m_state == State::QuoteSeen)\n        m_cell.append(c);\n", ""),
    ("a quote may stay open", CSV, "if (!isMore && m_state == State::Quoted)", "if (!isMore && m_state == State::Plain)"),
    ("a row may be too long", CSV, "row->cells.size() != table.columns.size()", "row->cells.size() < table.columns.size()"),
    ("a missing column is no fault", CSV, "table.columns.count(column) != 1", "table.columns.count(column) > 1"),
    ("nobody sleeps", RESIDENT, "hour >= 22 || hour < 7", "hour >= 22 && hour < 7"),
    ("the stove stays on", RESIDENT, "        out.readings.push_back({at, \"stove\", \"knob\", 0});\n", ""),
    ("the toilet flushes for ever", RESIDENT, "    out.readings.push_back({at + 8 * Second, \"toilet\", \"flush\", 0});\n", ""),
    ("readings out of order", RESIDENT, "return a.time < b.time;", "return a.time > b.time;"),
    ("the next day begins where this one did", RESIDENT, "    from += Second;\n", "    from -= Second;\n"),
    ("the clock runs ahead of the world", HOME, "return std::min(here, SystemClock().now());", "return here;"),
    ("a fast clock waits longer", HOME, ".count()) / speed) + 1", ".count()) * speed) + 1"),
    ("one post too many waits", HOME, "m_channel->waiting() >= MostWaiting", "m_channel->waiting() > MostWaiting"),
    ("a device obeys for another", HOME, "            respond(id, 5); // not supported\n            continue;\n", ""),
    ("the outlet is turned the wrong way", HOME, ".toVariant().toInt() != 0", ".toVariant().toInt() == 0"),
    ("a recording is a day short", "server/sim/recording.cpp", "addDays(options.days)", "addDays(options.days - 1)"),
    ("a label goes on behind the recording", RECORDED, "std::min(activity.end, span.to)", "activity.end"),
    ("a stove is measured too seldom", RECORDED, "stove.isDrawing() ? MeterWhileDrawing : MeterWhileOff", "MeterWhileOff"),
    ("data arrives before it was sent", "server/sim/uplink.cpp", "leaves + Milliseconds(", "leaves - Milliseconds("),
    ("west is east", "server/sim/local_time_text.cpp", "m_offset < 0 ? '-' : '+'", "m_offset > 0 ? '-' : '+'"),
    ("a resumed replay begins anew", REPLAY, "    m_next = static_cast<std::size_t>(m_report.skipped);\n", ""),
    ("nobody counts what was refused", REPLAY, "            ++m_report.rejected;\n", ""),
]

STORABLE, CACHE, READER = "server/store/log/storable.cpp", "server/store/log/stream_cache.cpp", "server/store/log/log_reader.cpp"
COMMITTER, VALUE = "server/store/log/committer.cpp", "server/store/postgres/pg_value.cpp"
STORE = [
    ("the longest text is refused", STORABLE, "size() <= LongestText", "size() < LongestText"),
    ("a number may be endless", STORABLE, "one.value.number && std::isfinite(*one.value.number)", "one.value.number.has_value()"),
    ("a fact may be an event", STORABLE, " || row.kind == RowKind::Fact)", ")"),
    ("the year 2200", "server/store/log/partitions.cpp", "time < End", "time <= End"),
    ("one stream too many", CACHE, "added[one->device] >= m_streamsPerDevice", "added[one->device] > m_streamsPerDevice"),
    ("a batch that just fits is left", READER, "<= rowLimit", "< rowLimit"),
    ("the clock goes back within a writer", READER, "least = std::max(least, head.order)", "least = head.order"),
    ("rows out of order", READER, "return a.ordinal < b.ordinal;", "return a.ordinal > b.ordinal;"),
    ("the queue takes one too many", COMMITTER, "d->waiting.load() >= d->options.queueCapacity",
     "d->waiting.load() > d->options.queueCapacity"),
    ("a refused submission still waits", COMMITTER, "{\n    release(one);\n    if (one.done)", "{\n    if (one.done)"),
    ("neighbours of a bad row are refused", COMMITTER, "range.second - range.first == 1 ||", "true ||"),
    ("a batch is not told", COMMITTER, "        onBatch(std::move(written.batch));", "        (void)written;"),
    ("a resend of the newest is new", "server/store/log/batch_writer.cpp", "time <= *newest", "time < *newest"),
    ("four digits of milliseconds", VALUE, "digits++ < 3", "digits++ <= 3"),
    ("another zone is taken for UTC", VALUE, "    if (text.substr(0, 3) != \"+00\")\n        return std::nullopt;\n", ""),
    ("draining a server that is not", "server/store/pool/node_repository.cpp", "touched == 0", "touched < 0"),
]

SCALE, PATH, LANE, CHART = (f"console/charts/{name}.cpp" for name in ("time_scale", "stream_path", "stream_lane", "stream_chart"))
METRIC = "console/charts/metric_chart.cpp"
CHARTS = [
    ("marks closer than they may be", SCALE, "(to - from) / candidate <= most", "(to - from) / candidate <= 2 * most"),
    ("weeks begin on Thursday", SCALE, "step == 14 * Day ? 4 * Day : 0", "step == 14 * Day ? 0 : 0"),
    ("a mark behind the right edge", SCALE, "        if (time > to)\n            break;\n        if (time >= from)\n            marks.append(markAt",
     "        if (time >= from)\n            marks.append(markAt"),
    ("January is no year", SCALE, "date.month() == 1 ? QString::number", "date.month() == 2 ? QString::number"),
    ("the cursor never shows milliseconds", SCALE, "range < 10 * Minute", "range < 0"),
    ("a line over a gap", PATH, "time - line.last().x() > longest;", "false;"),
    ("gaps without end", PATH, "gap && path.lines.size() < MostStretches", "gap"),
    ("the last value ends early", PATH, "line.last().x() < static_cast<double>(to)", "line.last().x() > static_cast<double>(to)"),
    ("what held before is forgotten", PATH, "    if (series.before)\n", "    if (false)\n"),
    ("a text's level is another's", PATH, "        categories.append(point.text);\n", ""),
    ("the band is cut off", PATH, "            widen(path, point.greatest, first);\n", ""),
    ("a step's axis begins above zero", LANE, "        bottom = std::min(bottom, 0.0);", "        bottom = std::max(bottom, 0.0);"),
    ("the wheel zooms the other way", LANE, "std::pow(0.8, steps)", "std::pow(1.25, steps)"),
    ("a new sample is for another lane", CHART, "lane->source()->stream() == stream)", "lane->source()->stream() != stream)"),
    ("nothing keeps a range from being nothing", CHART, "std::clamp(to - from, Shortest, Longest)", "to - from"),
    ("the axis ends below the top", METRIC, "factor * power >= value", "factor * power * 2 >= value"),
]

FAULTS = {"app": APP, "sim": SIM, "store": STORE, "charts": CHARTS}
