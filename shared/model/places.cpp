#include "shared/model/places.h"

#include "shared/base/near_names.h"

namespace cohort::model {

const std::vector<NamedKind>& deviceUses()
{
    static const std::vector<NamedKind> all{
        {"stove", "Stove"},
        {"oven", "Oven"},
        {"kettle", "Kettle"},
        {"coffee machine", "Coffee machine"},
        {"refrigerator", "Refrigerator"},
        {"freezer", "Freezer"},
        {"microwave", "Microwave"},
        {"dishwasher", "Dishwasher"},
        {"washing machine", "Washing machine"},
        {"television", "Television"},
        {"light", "Light"},
        {"bed", "Bed"},
        {"chair", "Chair"},
        {"front door", "Front door"},
        {"back door", "Back door"},
        {"door", "Door"},
        {"window", "Window"},
        {"cupboard", "Cupboard"},
        {"toilet", "Toilet"},
        {"shower", "Shower"},
        {"basin", "Basin"},
        {"medication box", "Medication box"},
        {"call button", "Call button"},
    };
    return all;
}

const std::vector<NamedKind>& roomKinds()
{
    static const std::vector<NamedKind> all{
        {"kitchen", "Kitchen"},   {"living", "Living room"}, {"dining", "Dining room"}, {"bedroom", "Bedroom"},
        {"bathroom", "Bathroom"}, {"toilet", "Toilet"},      {"entrance", "Entrance"},  {"hall", "Hall"},
        {"office", "Office"},     {"garage", "Garage"},      {"cellar", "Cellar"},      {"garden", "Garden"},
        {"other", "Other"},
    };
    return all;
}

std::string_view displayName(const std::vector<NamedKind>& table, std::string_view key)
{
    for (const NamedKind& kind : table) {
        if (kind.key == key)
            return kind.name;
    }
    return key;
}

Result<QString> roomKindOf(const QString& written)
{
    QStringList kinds;
    for (const NamedKind& kind : roomKinds()) {
        const QString key = QString::fromUtf8(kind.key);
        if (written.trimmed().compare(key, Qt::CaseInsensitive) == 0 ||
            written.trimmed().compare(QString::fromUtf8(kind.name), Qt::CaseInsensitive) == 0)
            return key;
        kinds.append(key);
    }
    const QStringList near = nearNames(written, kinds);
    if (near.isEmpty())
        return written;
    return fail(ErrorCode::WrongValue,
                QStringLiteral("no room is of the kind '%1'; near it are: %2 (what people call a room is its name)")
                    .arg(written, near.join(QStringLiteral(", "))));
}

} // namespace cohort::model
