// The rooms of a home: new ones, other words for them, and those that go.
// Thread: GUI. Owner: itself, gone when it is closed. Flow: location.get → list → room.* → list; changed().
#pragma once

#include "console/models/upkeep.h"

#include <QDialog>

#include <memory>

namespace cohort::console {

namespace Ui {
class RoomsDialog;
}

class RoomsDialog : public QDialog
{
    Q_OBJECT
public:
    RoomsDialog(Workspace& workspace, const model::Location& home, QWidget* parent);
    ~RoomsDialog() override;

Q_SIGNALS:
    void changed();

private:
    void load();
    void put(const model::Home& home);
    const model::Room* chosen() const;
    void edit(const model::Room& room);
    void remove();

    Workspace& m_workspace;
    model::Home m_home;
    std::unique_ptr<Ui::RoomsDialog> m_ui;
};

} // namespace cohort::console
