#include "server/composer/deployed/parameters.h"

#include "shared/model/json.h"
#include "shared/model/parameter_form.h"

#include <QJsonDocument>

namespace cohort::composer {

namespace {

// A field that nobody can read is left out: it keeps no value, and the rest of the form works.
model::ParameterForm formOf(const engine::Manifest& manifest)
{
    const auto stored = QJsonDocument::fromJson(QByteArray::fromStdString(manifest.parameters)).object();
    model::ParameterForm form;
    for (auto field = stored.begin(); field != stored.end(); ++field)
        if (auto read = model::fromJson<model::ScriptParameter>(field->toObject(), model::Form::Stored))
            form.insert(field.key(), *read);
    return form;
}

void applyAllowed(QJsonObject& merged, const model::ParameterForm& form, const QJsonObject& values)
{
    for (auto value = values.begin(); value != values.end(); ++value) {
        const auto field = form.find(value.key());
        if (field != form.end() && model::wantedInstead(*field, value.value()).isEmpty())
            merged.insert(value.key(), value.value());
    }
}

} // namespace

QJsonObject mergedParameters(const engine::Manifest& manifest, const QJsonObject& allHomes, const QJsonObject& home)
{
    const auto form = formOf(manifest);
    QJsonObject merged;
    for (auto field = form.begin(); field != form.end(); ++field)
        merged.insert(field.key(), field->initial);
    applyAllowed(merged, form, allHomes);
    applyAllowed(merged, form, home);
    return merged;
}

} // namespace cohort::composer
