// A dialog of a few fields with Save and Cancel; what each kind of edit has in common.
// Thread: GUI. Owner: itself, gone when it is closed. Flow: edit_dialogs → fields → submitted → perform → accept.
#pragma once

#include "console/pages/perform.h"

#include <QDialog>
#include <QPushButton>

#include <functional>
#include <memory>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QListWidget;
class QSpinBox;

namespace cohort::console {

namespace Ui {
class FormDialog;
}

// A whole number that can be set: its bounds, what it is unless somebody sets it, and what stands behind it (" s").
struct NumberWish
{
    int least = 0;
    int most = 0;
    int usual = 0;
    QString unit;
};

class FormDialog : public QDialog
{
    Q_OBJECT
public:
    // `about`: whose, and where: plain text. Opens by open(), and deletes itself.
    FormDialog(const QString& title, const QString& about, QWidget* parent);
    ~FormDialog() override;

    // Fields, from top to bottom; `name` is for finding them again.
    QLineEdit* addText(const char* name, const QString& label, const QString& value);
    QLineEdit* addSecret(const char* name, const QString& label, const QString& hint);
    QComboBox* addChoice(const char* name, const QString& label);
    QCheckBox* addCheck(const char* name, const QString& label, bool on);
    // Its bounds and usual value stand beside it.
    QSpinBox* addNumber(const char* name, const QString& label, int value, const NumberWish& wish);
    // Words above what follows.
    void addRemark(const QString& text);
    // Things that are there, all checked: who takes one off unchecks it.
    QListWidget* addKept(const char* name, const QString& label);

    NoticeBar* notices() const;
    QPushButton* ok() const;
    // Whether the field is empty; then says so.
    bool misses(QLineEdit* field, const QString& what);
    // Asks the server when Save is pressed and `check` finds nothing to say; closes with the answer, else says what is wrong.
    template <typename Ask, typename Done>
    void saveBy(
        Ask ask, Done done, const std::function<bool()>& check = [] { return true; })
    {
        connect(this, &FormDialog::submitted, this, [this, ask, done, check] {
            if (check())
                performBy(ok(), notices(), ask, [this, done](const auto& answer) {
                    accept();
                    done(answer);
                });
        });
    }

Q_SIGNALS:
    void submitted();

protected:
    void showEvent(QShowEvent* event) override;

private:
    template <typename Field>
    Field* added(Field* field, const char* name, const QString& label);

    std::unique_ptr<Ui::FormDialog> m_ui;
};

} // namespace cohort::console
