#include "console/pages/form_dialog.h"

#include "console/pages/form_fields.h"
#include "ui_form_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>

namespace cohort::console {

FormDialog::FormDialog(const QString& title, const QString& about, QWidget* parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::FormDialog>())
{
    m_ui->setupUi(this);
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->about->setText(about);
    m_ui->about->setVisible(!about.isEmpty());
    connect(m_ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->ok, &QPushButton::clicked, this, &FormDialog::submitted);
}

FormDialog::~FormDialog() = default;

template <typename Field>
Field* FormDialog::added(Field* field, const char* name, const QString& label)
{
    field->setObjectName(QString::fromLatin1(name));
    m_ui->fields->addRow(label, field);
    return field;
}

QLineEdit* FormDialog::addText(const char* name, const QString& label, const QString& value)
{
    auto* field = added(new QLineEdit(this), name, label);
    field->setText(value);
    return field;
}

QLineEdit* FormDialog::addSecret(const char* name, const QString& label, const QString& hint)
{
    auto* field = added(new QLineEdit(this), name, label);
    field->setEchoMode(QLineEdit::Password);
    field->setPlaceholderText(hint);
    return field;
}

QComboBox* FormDialog::addChoice(const char* name, const QString& label)
{
    return added(new QComboBox(this), name, label);
}

QCheckBox* FormDialog::addCheck(const char* name, const QString& label, bool on)
{
    auto* box = added(new QCheckBox(label, this), name, QString());
    box->setChecked(on);
    return box;
}

QListWidget* FormDialog::addKept(const char* name, const QString& label)
{
    auto* list = added(new QListWidget(this), name, label);
    list->setMaximumHeight(120);
    return list;
}

NoticeBar* FormDialog::notices() const
{
    return m_ui->noticeBar;
}

QPushButton* FormDialog::ok() const
{
    return m_ui->ok;
}

bool FormDialog::misses(QLineEdit* field, const QString& what)
{
    return console::misses(notices(), field, what);
}

} // namespace cohort::console
