// What forms that make something and forms that change it have in common: what their boxes offer, and what they ask to be
// filled in.
// Thread: GUI. Owner: nobody. Flow: dialogs, edit_dialogs → here → boxes and fields.
#pragma once

#include "console/models/workspace.h"
#include "console/pages/notice_bar.h"

#include <QComboBox>

class QLineEdit;

namespace cohort::console {

// Each value under its word; `now` is chosen.
template <typename E>
void offer(QComboBox* box, std::initializer_list<E> values, E now, QString (*wordOf)(E))
{
    for (const E value : values) {
        box->addItem(wordOf(value), QVariant::fromValue(value));
        if (value == now)
            box->setCurrentIndex(box->count() - 1);
    }
}

// Names of the IANA database, in a box in which one types to find.
void offerZones(QComboBox* box, const QString& now);
void offerLanguages(QComboBox* box, model::Language now);
model::Language languageOf(const QComboBox* box);
void offerHomeRoles(QComboBox* box);
void offerOperatorRoles(QComboBox* box);
void offerDeviceTypes(QComboBox* box, const Workspace& workspace);
void offerDeviceUses(QComboBox* box);
// A use that was typed is taken as it is, one from the list by the protocol's word.
QString deviceUseOf(const QComboBox* box);
// No room, and these.
void offerRooms(QComboBox* box, const QList<model::Room>& rooms);

// Whether the field is empty; then says so.
bool misses(NoticeBar* bar, QLineEdit* field, const QString& what);

} // namespace cohort::console
