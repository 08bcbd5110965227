// What a coordinator can say of a device and of a room: the uses and kinds that scripts match.
// Thread: constants. Owner: nobody. Flow: here → forms of the console, checks of the api. Scripts may match others too.
#pragma once

#include "shared/base/result.h"

#include <QString>

#include <string_view>
#include <vector>

namespace cohort::model {

struct NamedKind
{
    const char* key;  // what scripts see
    const char* name; // English; translated by key where it is shown
};

// What a device is used for.
const std::vector<NamedKind>& deviceUses();
// What a room is.
const std::vector<NamedKind>& roomKinds();
// The display name of a use or kind; the key itself when it is none of the table.
std::string_view displayName(const std::vector<NamedKind>& table, std::string_view key);
// The kind of room that was written: one of the table (its English name and the case do not matter), or a word of its own
// that resembles none, as it is. Errors: WrongValue, which names the kinds that it resembles.
Result<QString> roomKindOf(const QString& written);

} // namespace cohort::model
