#include "console/models/parameter_conflict.h"

#include "console/models/text.h"
#include "console/models/words.h"
#include "shared/model/parameter_form.h"

namespace cohort::console {

QString readableName(QString name)
{
    name.replace(QLatin1Char('_'), QLatin1Char(' '));
    if (!name.isEmpty())
        name[0] = name.at(0).toUpper();
    return name;
}

QStringList bothValues(const QJsonObject& mine, const QJsonObject& there)
{
    const auto shown = [](const QJsonValue& value) {
        return value.isUndefined() ? Models::tr("the default") : words::line(value);
    };
    QStringList lines;
    for (const QString& name : model::differingNames(mine, there)) {
        if (!there.contains(name))
            continue; // nobody set it: the form shows its default
        lines.append(Models::tr("%1: yours %2, there now %3")
                         .arg(readableName(name), shown(mine.value(name)), shown(there.value(name))));
    }
    return lines;
}

} // namespace cohort::console
