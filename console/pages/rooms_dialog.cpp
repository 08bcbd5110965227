#include "console/pages/rooms_dialog.h"

#include "console/models/words.h"
#include "console/pages/confirm_end.h"
#include "console/pages/edit_dialogs.h"
#include "console/pages/perform.h"
#include "console/pages/text.h"
#include "ui_rooms_dialog.h"

#include <algorithm>

namespace cohort::console {

RoomsDialog::RoomsDialog(Workspace& workspace, const model::Location& home, QWidget* parent)
    : QDialog(parent), m_workspace(workspace), m_home{home, {}, {}, {}, {}}, m_ui(std::make_unique<Ui::RoomsDialog>())
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->about->setText(Pages::tr("Home: %1").arg(home.name));
    connect(m_ui->close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_ui->add, &QPushButton::clicked, this, [this] { edit({}); });
    connect(m_ui->edit, &QPushButton::clicked, this, [this] {
        if (const model::Room* room = chosen())
            edit(*room);
    });
    connect(m_ui->remove, &QPushButton::clicked, this, &RoomsDialog::remove);
    connect(m_ui->rooms, &QListWidget::currentRowChanged, this, [this](int row) {
        m_ui->edit->setEnabled(row >= 0);
        m_ui->remove->setEnabled(row >= 0);
    });
    put(m_home);
    load();
}

RoomsDialog::~RoomsDialog() = default;

void RoomsDialog::load()
{
    perform(
        m_ui->noticeBar, [this] { return Upkeep(m_workspace).home(m_home.location.id); },
        [this](const model::Home& home) { put(home); });
}

void RoomsDialog::put(const model::Home& home)
{
    const int before = m_ui->rooms->currentRow();
    m_home = home;
    m_ui->rooms->clear();
    for (const model::Room& room : m_home.location.rooms)
        m_ui->rooms->addItem(words::roomName(room.kind, room.name));
    m_ui->rooms->setCurrentRow(std::min(std::max(before, 0), m_ui->rooms->count() - 1));
    m_ui->edit->setEnabled(chosen() != nullptr);
    m_ui->remove->setEnabled(chosen() != nullptr);
}

const model::Room* RoomsDialog::chosen() const
{
    const int row = m_ui->rooms->currentRow();
    return row >= 0 && row < m_home.location.rooms.size() ? &m_home.location.rooms.at(row) : nullptr;
}

void RoomsDialog::edit(const model::Room& room)
{
    editRoom(m_workspace, m_home.location, room, this, [this] {
        load();
        Q_EMIT changed();
    });
}

void RoomsDialog::remove()
{
    const model::Room* room = chosen();
    if (!room)
        return;
    const auto inside = std::count_if(m_home.devices.cbegin(), m_home.devices.cend(), [&](const model::Device& one) {
        return one.place.room && one.place.room->id == room->id;
    });
    const QString ends =
        inside == 0 ? Pages::tr("No device stands in it.")
                    : Pages::tr("%n device(s) in it stay in the home, without a room: scripts that look for this room "
                                "do not find them any more.",
                                nullptr, static_cast<int>(inside));
    confirmEnd(
        this,
        {Pages::tr("Remove room"),
         Pages::tr("Remove the room “%1” of %2?").arg(words::roomName(room->kind, room->name), m_home.location.name),
         ends, Pages::tr("Remove")},
        [this, id = room->id] {
            perform(
                m_ui->noticeBar, [this, id] { return Upkeep(m_workspace).remove(id); },
                [this](const model::Nothing&) {
                    load();
                    Q_EMIT changed();
                });
        });
}

} // namespace cohort::console
