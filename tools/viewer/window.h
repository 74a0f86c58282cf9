// The viewer's window: episodes, the phone, what happened.
#pragma once

#include <QMainWindow>
#include <cstdint>
#include <memory>
#include <vector>

#include "data/store.h"
#include "tools/viewer/player.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QSlider;

namespace paperphone::viewer {

// Left and Right turn the screens, Up and Down the episodes.
class ViewerWindow : public QMainWindow {
 public:
  ViewerWindow(std::shared_ptr<const PhoneShared> shared, const data::TrajectoryStore& store);

  // Row of the list; shows the episode's first screen. Errors go to the panel.
  void show_episode(int row);
  void show_screen(int k);
  int num_screens() const { return int(episode_.screens_HWC.size()); }
  int screen() const { return screen_; }
  int num_listed() const;  // episodes that the filter lets through
  void set_filter(const QString& text);
  QString panel_text() const;

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  // The picture follows the size of its place, whoever changes that.
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* make_list();
  QWidget* make_phone();
  void fit_phone();

  std::shared_ptr<const PhoneShared> shared_;
  const data::TrajectoryStore& store_;
  std::vector<data::TrajectorySummary> summaries_;
  PlayedEpisode episode_;
  int screen_ = 0;

  // Owned by the window, as Qt's children are.
  QListWidget* list_ = nullptr;
  QLineEdit* filter_ = nullptr;
  QLabel* phone_ = nullptr;
  QLabel* position_ = nullptr;
  QPushButton* back_ = nullptr;
  QPushButton* next_ = nullptr;
  QSlider* slider_ = nullptr;
  QPlainTextEdit* panel_ = nullptr;
};

}  // namespace paperphone::viewer
