#include "server/api/operations/script_work.h"

#include "server/api/dispatch/secrets.h"
#include "server/api/operations/script_json.h"

#include <QCryptographicHash>

#include <cmath>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

Result<QJsonObject> scriptAnswer(Call& call, ScriptId script)
{
    store::ScriptRepository scripts(call.connection);
    COHORT_TRY(row, scripts.find(script));
    COHORT_TRY(overview, scripts.overview(row));
    return scriptJson(overview);
}

Result<ScriptCheck> checkSource(Call& call, const QString& source, const QJsonObject& helpers)
{
    for (auto helper = helpers.begin(); helper != helpers.end(); ++helper)
        if (!helper.value().isString() || helper.value().toString().size() > 65'536 || helper.key().size() > 50)
            return fail(ErrorCode::WrongValue,
                        u"'helpers.%1' must be a source of at most 64 KiB"_s.arg(helper.key().left(50)));
    if (!call.services.check)
        return fail(ErrorCode::Unavailable, u"this server does not check scripts"_s);
    return call.services.check(source, helpers);
}

Result<QJsonObject> saveVersion(Call& call, const NewVersion& version)
{
    COHORT_TRY(checked, checkSource(call, version.source, version.helpers));
    return saveChecked(call, version, checked);
}

Result<QJsonObject> saveChecked(Call& call, const NewVersion& version, const ScriptCheck& checked)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(version.source.toUtf8());
    hash.addData(QJsonDocument(version.helpers).toJson(QJsonDocument::Compact));
    store::ScriptRepository scripts(call.connection);
    COHORT_TRY(saved, scripts.saveVersion({.script = version.script,
                                           .base = version.base,
                                           .source = version.source,
                                           .helpers = version.helpers,
                                           .hash = hash.result(),
                                           .author = call.identity.actor(),
                                           .comment = version.comment,
                                           .manifest = checked.manifest,
                                           .faults = checked.faults}));
    return QJsonObject{{u"id"_s, jsonId(saved.id)},
                       {u"number"_s, saved.number},
                       {u"accepted"_s, checked.faults.isEmpty()},
                       {u"faults"_s, checked.faults}};
}

namespace {

Result<void> checkFormValue(const QString& name, const QJsonObject& form, const QJsonValue& value)
{
    const QString type = form.value("type"_L1).toString();
    const auto wrong = [&name](const QString& what) {
        return fail(ErrorCode::WrongValue, u"'%1' must be %2"_s.arg(name.left(50), what));
    };
    if (type == u"minutes"_s || type == u"hours"_s || type == u"number"_s || type == u"integer"_s) {
        const double number = value.toDouble(NAN);
        const double least = form.value("min"_L1).toDouble(-INFINITY), most = form.value("max"_L1).toDouble(INFINITY);
        if (!(number >= least && number <= most))
            return wrong(u"a number from %1 to %2"_s.arg(least).arg(most));
        if (type == u"integer"_s && number != std::floor(number))
            return wrong(u"a whole number"_s);
    } else if (type == u"boolean"_s && !value.isBool()) {
        return wrong(u"true or false"_s);
    } else if (type == u"choice"_s && !form.value("choices"_L1).toArray().contains(value)) {
        return wrong(u"one of its choices"_s);
    } else if ((type == u"text"_s || type == u"time"_s) && (!value.isString() || value.toString().size() > 1'000)) {
        return wrong(u"a text of at most 1,000 characters"_s);
    }
    return {};
}

} // namespace

Result<void> checkForm(const QJsonObject& manifest, const QJsonObject& values)
{
    // The manifest keeps the form as JSON text; a stored one may already be an object.
    const auto kept = manifest.value("parameters"_L1);
    const auto forms = kept.isString() ? QJsonDocument::fromJson(kept.toString().toUtf8()).object() : kept.toObject();
    for (auto value = values.begin(); value != values.end(); ++value) {
        if (!forms.contains(value.key()))
            return fail(ErrorCode::WrongValue, u"the script has no parameter '%1'"_s.arg(value.key().left(50)));
        COHORT_CHECK(checkFormValue(value.key(), forms.value(value.key()).toObject(), value.value()));
    }
    return {};
}

Result<void> requireLiveRight(const Call& call)
{
    if ((call.identity.rolesIn(call.deployment) & protocol::AdminCoordinator) == 0)
        return fail(ErrorCode::AccessDenied, u"only coordinators and admins change what runs live"_s);
    return {};
}

void noteScript(Call& call, ScriptId script)
{
    call.object = u"script:%1"_s.arg(script.value);
    call.notices.emplace_back(bus::ScriptChanged{script, call.deployment});
}

} // namespace cohort::api
