"""The faults that mutate.py plants: area → (what is wrong, file, text before, text after). Each text stands once in its file."""

# For each folder the patterns of the ctest names that should notice, in stages: what needs no server first.
TESTS = {
    "server/app": [["tst_server_app_*"], ["tst_app_*"], ["whole_threads"]],
    "server/sim": [["tst_server_sim_*"], ["tst_sim_*"]],
    "server/store/log": [["tst_server_store_log_*"], ["tst_store_log_*"]],
    "server/store/postgres": [["tst_server_store_postgres_*"]],
    "server/store/pool": [["tst_server_store_pool_*"]],
    "console/charts": [["tst_charts_*"]],
    "server/api/operations": [["tst_api_operations_*"]],
    "shared/base": [["tst_shared_base_*"], ["tst_server_store_log_*"], ["tst_store_log_*"]],
    "shared/model": [["tst_shared_model_*"], ["tst_server_api_operations_import_*"], ["tst_api_operations_*"]],
    "server/api/operations/import": [["tst_server_api_operations_import_*"], ["tst_api_operations_*"]],
}

OPTIONS, NODE = "server/app/options.cpp", "server/app/node.cpp"
APP = [
    ("the least number is refused", OPTIONS, "out >= least && out <= most", "out > least && out <= most"),
    ("no number is too large", OPTIONS, "out >= least && out <= most", "out >= least"),
    ("no role at all is allowed", OPTIONS, "options.roles.isEmpty() ? wrong", "false ? wrong"),
    ("a value of the config file keeps its sign", OPTIONS, "line.mid(equals + 1)", "line.mid(equals)"),
    ("a wrong option is forgotten", OPTIONS, "COHORT_CHECK(apply(options, name, value));", "(void)apply(options, name, value);"),
    ("a key without certificate", OPTIONS, "hasTls != !options.tlsKey.isEmpty()", "hasTls && options.tlsKey.isEmpty()"),
    ("open to the network in plain text", OPTIONS, "!listen->isLoopback() && !hasTls", "!listen->isLoopback() && hasTls"),
    ("an operator without a password", OPTIONS, "if (!options.passwordFromStdin)", "if (false)"),
    ("the API's address without its role", OPTIONS, "if (!hasRole(QStringLiteral(\"api\")))", "if (false)"),
    ("composer is not stopped", NODE, "    stopPart(\"composer\", d->composer);\n", ""),
    ("the limit of connections is forgotten", "server/app/device_role.cpp", "if (options.connectionsPerAddress > 0)", "if (false)"),
    ("the password keeps its line's end", "server/app/operator_command.cpp", "        line.chop(1);\n", "        break;\n"),
]

RESIDENT, HOME = "server/sim/resident.cpp", "server/sim/simulated_home.cpp"
RECORDED, REPLAY = "server/sim/recorded_home.cpp", "server/sim/replay.cpp"
SIM = [
    ("nobody sleeps", RESIDENT, "hour >= 22 || hour < 7", "hour >= 22 && hour < 7"),
    ("the stove stays on", RESIDENT, "        out.readings.push_back({at, \"stove\", \"knob\", 0});\n", ""),
    ("the next day begins where this one did", RESIDENT, "    from += Second;\n", "    from -= Second;\n"),
    ("the clock runs ahead of the world", HOME, "return std::min(here, m_real.now());", "return here;"),
    ("a fast clock waits longer", HOME, ".count()) / speed) + 1", ".count()) * speed) + 1"),
    ("a device obeys for another", HOME, "            respond(id, 5); // not supported\n            continue;\n", ""),
    ("the outlet is turned the wrong way", HOME, ".toVariant().toInt() != 0", ".toVariant().toInt() == 0"),
    ("a recording is a day short", "server/sim/recording.cpp", "addDays(options.days)", "addDays(options.days - 1)"),
    ("a label goes on behind the recording", RECORDED, "std::min(activity.end, span.to)", "activity.end"),
    ("data arrives before it was sent", "server/sim/uplink.cpp", "leaves + Milliseconds(", "leaves - Milliseconds("),
    ("a resumed replay begins anew", REPLAY, "    m_next = static_cast<std::size_t>(m_report.skipped);\n", ""),
    ("nobody counts what was refused", REPLAY, "            ++m_report.rejected;\n", ""),
]

STORABLE, CACHE, READER = "server/store/log/storable.cpp", "server/store/log/stream_cache.cpp", "server/store/log/log_reader.cpp"
COMMITTER, VALUE = "server/store/log/committer.cpp", "server/store/postgres/pg_value.cpp"
STORE = [
    ("the longest text is refused", STORABLE, "size() <= ValueBytesMost", "size() < ValueBytesMost"),
    ("a number may be endless", STORABLE, "one.value.number && std::isfinite(*one.value.number)", "one.value.number.has_value()"),
    ("a fact may be an event", STORABLE, " || row.kind == RowKind::Fact)", ")"),
    ("the year 2200", "shared/base/time.cpp", "time < end", "time <= end"),
    ("one stream too many", CACHE, "added[one->device] >= m_streamsPerDevice", "added[one->device] > m_streamsPerDevice"),
    ("a batch that just fits is left", READER, "<= rowLimit", "< rowLimit"),
    ("the clock goes back within a writer", READER, "least = std::max(least, head.order)", "least = head.order"),
    ("the queue takes one too many", COMMITTER, "d->waiting.load() >= d->options.queueCapacity",
     "d->waiting.load() > d->options.queueCapacity"),
    ("a refused submission still waits", COMMITTER, "{\n    release(one);\n    if (one.done)", "{\n    if (one.done)"),
    ("neighbours of a bad row are refused", COMMITTER, "range.second - range.first == 1 ||", "true ||"),
    ("another zone is taken for UTC", VALUE, "    if (text.substr(0, 3) != \"+00\")\n        return std::nullopt;\n", ""),
    ("draining a server that is not", "server/store/pool/node_repository.cpp", "touched == 0", "touched < 0"),
]

SCALE, PATH, LANE, CHART = (f"console/charts/{name}.cpp" for name in ("time_scale", "stream_path", "stream_lane", "stream_chart"))
METRIC = "console/charts/metric_chart.cpp"
CHARTS = [
    ("marks closer than they may be", SCALE, "(to - from) / candidate <= most", "(to - from) / candidate <= 2 * most"),
    ("weeks begin on Thursday", SCALE, "step == 14 * Day ? 4 * Day : 0", "step == 14 * Day ? 0 : 0"),
    ("a mark behind the right edge", SCALE, "        if (time > to)\n            break;\n        // An hour", "        // An hour"),
    ("the cursor never shows milliseconds", SCALE, "range < 10 * Minute", "range < 0"),
    ("a line over a gap", PATH, "time - line.last().x() > longest;", "false;"),
    ("what held before is forgotten", PATH, "    if (series.before && !series.before->isGap && ", "    if (false && "),
    ("the band is cut off", PATH, "            widen(path, point.greatest, first);\n", ""),
    ("a step's axis begins above zero", LANE, "m_onChange ? std::min(path.bottom, 0.0)", "m_onChange ? std::max(path.bottom, 0.0)"),
    ("the wheel zooms the other way", LANE, "std::pow(0.8, steps)", "std::pow(1.25, steps)"),
    ("a new sample is for another lane", CHART, "lane->source()->stream() == stream)", "lane->source()->stream() != stream)"),
    ("nothing keeps a range from being nothing", CHART, "std::clamp(to - from, Shortest, Longest)", "to - from"),
    ("the axis ends below the top", METRIC, "factor * power >= value", "factor * power * 2 >= value"),
]

OPERATOR, SESSION, PLACE, DEVICE, PERSON, DATA, LIFE = (
    f"server/api/operations/{name}.cpp" for name in
    ("operator_operations", "session_operations", "place_operations", "device_operations", "participant_operations",
     "measurement_operations", "script_life_operations"))
OPERATIONS = [
    ("the last admin ends itself", OPERATOR, "isSelf && (wanted.roles || ends)", "isSelf && wanted.roles"),
    ("a new password leaves the sessions", OPERATOR, "if (wanted.password || ends)", "if (ends)"),
    ("the own session ends too", OPERATOR, "isSelf ? call.identity.tokenHash : QByteArray(\"\")", "QByteArray(\"\")"),
    ("a new operator has no roles", OPERATOR, "    COHORT_CHECK(operators.setGrants(id, wanted.roles));\n", ""),
    ("passwords may be tried for ever", SESSION, "        COHORT_CHECK(operators.countFailure(account, call.address));\n", ""),
    ("any time zone will do", PLACE, "ianaZone(*zone); !found)", "ianaZone(*zone); !found && zone->isEmpty())"),
    ("a new home has no rooms", PLACE, "COHORT_CHECK(places.insertRoom(id, kind, room.name));", "(void)kind;"),
    ("another home's room will do", DEVICE, "known.location == location ? Result", "(known.location == location || known.location.value > 0) ? Result"),
    ("blanks are a name", PERSON, "text && !text->trimmed().isEmpty()", "text && !text->isEmpty()"),
    ("a moment is no span", "server/api/operations/span.h", "from > to", "from >= to"),
    ("the longest value is refused", "shared/model/stored_value.cpp", "cell.toUtf8().size() > ValueBytesMost", "cell.toUtf8().size() >= ValueBytesMost"),
    ("what was paused runs after a rollback", LIFE, "changeLive(wanted.id, found.version.id));\n",
     "changeLive(wanted.id, found.version.id));\n"
     "    COHORT_CHECK(ScriptDeploymentRepository(call.connection).setPaused(wanted.id, std::nullopt, false));\n"),
]

FAULTS = {"app": APP, "sim": SIM, "store": STORE, "charts": CHARTS, "operations": OPERATIONS}
