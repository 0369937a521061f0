/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fleet/fleet-page.h"

#include "draw/resource.h"
#include "draw/wrap-box.h"
#include "fleet/fleet-row.h"
#include "fleet/fleet-words.h"
#include "releases/ask.h"
#include "releases/versions-window.h"
#include "window/names.h"
#include "words/words-releases.h"
#include "words/words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* The bar of all boards moves so often, and its words change every so many times. */
#define BAR_INTERVAL_MS 50
#define BARS_PER_TEXT   5

struct _JmpFleetPage {
  GtkWidget parent;

  /* Owned references */
  JmpFleet *fleet;
  GtkSorter *sorter;
  JmpSession *versions_of; /* whose versions the person looks at */

  /* Template widgets */
  GtkScrolledWindow *scroller;
  GtkWidget *head;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *summary;
  GtkWidget *firmware;
  GtkCheckButton *newest_check;
  AdwActionRow *newest_row;
  GtkCheckButton *release_check;
  AdwActionRow *release_row;
  GtkCheckButton *file_check;
  AdwActionRow *file_row;
  GtkWidget *address;
  GtkWidget *mixed_row;
  GtkWidget *install_box;
  GtkButton *install;
  GtkLabel *reason;
  GtkWidget *work;
  GtkProgressBar *bar;
  GtkLabel *left;
  GtkWidget *results;
  GtkWidget *again;
  GtkLabel *jumper;
  GtkListBox *list;

  gboolean updating; /* the checks follow the fleet, not the person */
  JmpFleetState shown;
  guint timer;
  guint n_bars;
};

G_DEFINE_FINAL_TYPE (JmpFleetPage, jmp_fleet_page, GTK_TYPE_WIDGET)

static GtkWindow *
get_window (JmpFleetPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* --- The firmware --- */

static void
show_file (JmpFleetPage *self)
{
  JmpSession *reader = jmp_fleet_get_reader (self->fleet);
  const GError *problem = reader != NULL && jmp_session_get_firmware (reader) == NULL
                              ? jmp_session_get_problem (reader)
                              : NULL;
  const gboolean wants_address = reader != NULL && jmp_session_wants_address (reader);
  g_autofree char *text = NULL;

  if (wants_address)
    text = g_strdup (_ ("It is bytes without an address in memory."));
  else if (problem != NULL)
    text = g_strdup_printf ("%s %s", jmp_words_error (problem), jmp_words_error_advice (problem));
  else if (reader != NULL && jmp_session_get_image (reader) != NULL)
    text = jmp_words_image (jmp_session_get_image (reader));
  else if (reader != NULL)
    text = g_strdup (_ ("Reading the file…"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row),
                                 reader != NULL ? jmp_session_get_firmware_name (reader)
                                                : _ ("One File for All"));
  adw_action_row_set_subtitle (self->file_row,
                               text != NULL ? text : _ ("Open a firmware file, or drop one here."));
  gtk_widget_set_visible (self->address, wants_address);
  gtk_widget_set_visible (self->mixed_row, reader != NULL && jmp_fleet_is_mixed (self->fleet));
}

static void
show_firmware (JmpFleetPage *self)
{
  const JmpFleetFirmware kind = jmp_fleet_get_firmware_kind (self->fleet);
  const JmpRelease *release = jmp_fleet_get_release (self->fleet);
  g_autofree char *names = kind == JMP_FLEET_NEWEST ? jmp_fleet_status_releases (self->fleet)
                                                    : NULL;
  g_autofree char *name = release != NULL ? jmp_words_release_name (release) : NULL;

  self->updating = TRUE;
  gtk_check_button_set_active (self->newest_check, kind == JMP_FLEET_NEWEST);
  gtk_check_button_set_active (self->release_check, kind == JMP_FLEET_RELEASE);
  gtk_check_button_set_active (self->file_check, kind == JMP_FLEET_FILE);
  self->updating = FALSE;
  adw_action_row_set_subtitle (self->newest_row,
                               names != NULL ? names : _ ("For each board what it takes"));
  adw_action_row_set_subtitle (self->release_row,
                               name != NULL ? name : _ ("Older versions and other builds"));
  gtk_widget_set_visible (GTK_WIDGET (self->release_row),
                          release != NULL || jmp_fleet_find_known (self->fleet) != NULL);
  show_file (self);
}

/* The window has chosen for one board: all of its kind get the same. */
static void
versions_closed_cb (JmpFleetPage *self)
{
  g_autoptr (JmpSession) session = g_steal_pointer (&self->versions_of);
  JmpFirmwareLoader *loader;
  JmpRelease *release;

  if (session == NULL || !jmp_fleet_has (self->fleet, session))
    return;
  loader = jmp_session_get_loader (session);
  release = loader != NULL ? jmp_firmware_loader_get_release (loader) : NULL;
  if (release != NULL)
    jmp_fleet_choose_release (self->fleet, release);
}

static void
choose_release_cb (JmpFleetPage *self)
{
  JmpSession *session = jmp_fleet_find_known (self->fleet);
  GtkWidget *window;

  if (session == NULL || self->versions_of != NULL)
    return;
  self->versions_of = g_object_ref (session);
  window = jmp_versions_window_new (session);
  gtk_window_set_transient_for (GTK_WINDOW (window), get_window (self));
  g_signal_connect_object (
      window, "unrealize", G_CALLBACK (versions_closed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
address_cb (JmpFleetPage *self)
{
  JmpSession *reader = jmp_fleet_get_reader (self->fleet);

  if (reader != NULL)
    jmp_ask_for_address (get_window (self), reader);
}

/* What has still to be chosen is asked for; until it is, the mark stays where it was. */
static void
toggled_cb (JmpFleetPage *self, GtkCheckButton *check)
{
  if (self->updating || !gtk_check_button_get_active (check))
    return;
  if (check == self->newest_check)
    jmp_fleet_choose_newest (self->fleet);
  else if (check == self->release_check)
    choose_release_cb (self);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open", NULL);
  show_firmware (self);
}

/* --- All of it --- */

static char *
title_text (JmpFleetPage *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->fleet));
  const guint n_begun = jmp_fleet_count_begun (self->fleet);

  switch (jmp_fleet_get_state (self->fleet)) {
  case JMP_FLEET_CHOOSING:
    break;
  case JMP_FLEET_WORKING:
    return g_strdup_printf (ngettext ("Updating %u Board", "Updating %u Boards", n_begun), n_begun);
  case JMP_FLEET_DONE:
    return jmp_fleet_status_result (self->fleet);
  }
  return n > 0 ? g_strdup_printf (ngettext ("%u Board", "%u Boards", n), n)
               : g_strdup (_ ("Several Boards"));
}

static gboolean
is_good_end (JmpFleetPage *self)
{
  return jmp_fleet_count (self->fleet, JMP_FLEET_BOARD_DONE) == jmp_fleet_count_begun (self->fleet);
}

static void
show_head (JmpFleetPage *self, JmpFleetState state)
{
  const gboolean done = state == JMP_FLEET_DONE;
  const gboolean good = done && is_good_end (self);
  const char *classes[] = { "result", good ? "success" : "warning", NULL };
  g_autofree char *title = title_text (self);
  g_autofree char *summary = done ? NULL : jmp_fleet_status_summary (self->fleet);

  gtk_widget_set_visible (GTK_WIDGET (self->icon), done);
  gtk_image_set_from_icon_name (self->icon,
                                good ? "emblem-ok-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->summary, summary != NULL ? summary : "");
  gtk_widget_set_visible (GTK_WIDGET (self->summary), summary != NULL);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->head), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/* With large text in a narrow window. */
static void
let_wrap (GtkButton *button)
{
  GtkWidget *label = gtk_button_get_child (button);

  if (!GTK_IS_LABEL (label))
    return;
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
}

static void
show_button (JmpFleetPage *self)
{
  g_autofree char *button = jmp_fleet_status_button (self->fleet);
  g_autofree char *reason = jmp_fleet_status_obstacle (self->fleet);

  jmp_names_set_button_label (self->install, button);
  let_wrap (self->install);
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL);
  if (reason != NULL)
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (self->install), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->install),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
show_left (JmpFleetPage *self)
{
  g_autofree char *left = jmp_words_time_left (jmp_fleet_get_seconds_left (self->fleet));

  if (g_strcmp0 (gtk_label_get_text (self->left), left != NULL ? left : "") != 0)
    gtk_label_set_text (self->left, left != NULL ? left : "");
}

static gboolean
timer_cb (gpointer user_data)
{
  JmpFleetPage *self = user_data;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_CONTINUE;
  gtk_progress_bar_set_fraction (self->bar, jmp_fleet_get_fraction (self->fleet));
  if (++self->n_bars % BARS_PER_TEXT == 0)
    show_left (self);
  return G_SOURCE_CONTINUE;
}

static void
follow_work (JmpFleetPage *self, gboolean working)
{
  if (!working)
    g_clear_handle_id (&self->timer, g_source_remove);
  else if (self->timer == 0)
    self->timer = g_timeout_add (BAR_INTERVAL_MS, timer_cb, self);
}

/* The beginning of work and its end are where the eye and the focus go: not to a button, which a second
 * Enter would press. */
static void
move_focus (JmpFleetPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  gtk_widget_grab_focus (self->head);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/* What brought the boards into update mode is taken back. */
static void
show_after (JmpFleetPage *self, JmpFleetState state)
{
  g_autofree char *after = state == JMP_FLEET_DONE ? jmp_fleet_status_after (self->fleet) : NULL;

  gtk_label_set_text (self->jumper, after != NULL ? after : "");
  gtk_widget_set_visible (GTK_WIDGET (self->jumper), after != NULL);
}

static void
update (JmpFleetPage *self)
{
  const JmpFleetState state = jmp_fleet_get_state (self->fleet);

  show_head (self, state);
  show_firmware (self);
  show_button (self);
  gtk_widget_set_visible (self->firmware, state == JMP_FLEET_CHOOSING);
  gtk_widget_set_visible (self->install_box, state == JMP_FLEET_CHOOSING);
  gtk_widget_set_visible (self->work, state == JMP_FLEET_WORKING);
  gtk_widget_set_visible (self->results, state == JMP_FLEET_DONE);
  gtk_widget_set_visible (self->again, state == JMP_FLEET_DONE && !is_good_end (self));
  show_after (self, state);
  gtk_widget_set_visible (GTK_WIDGET (self->list),
                          g_list_model_get_n_items (G_LIST_MODEL (self->fleet)) > 0);
  follow_work (self, state == JMP_FLEET_WORKING);
  if (state != self->shown) {
    gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
    move_focus (self);
  }
  self->shown = state;
}

/* --- The button --- */

static void
answer_cb (JmpFleetPage *self, const char *answer)
{
  if (g_strcmp0 (answer, "accept") == 0)
    jmp_fleet_start (self->fleet, TRUE);
}

static void
ask (JmpFleetPage *self, guint n)
{
  g_autofree char *heading = g_strdup_printf (
      ngettext ("Overwrite the Files on %u Board?", "Overwrite the Files on %u Boards?", n), n);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      get_window (self), heading, jmp_fleet_status_files_lost (self->fleet)));

  adw_message_dialog_add_responses (
      dialog, "cancel", _ ("_Cancel"), "accept", _ ("_Overwrite"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "accept", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answer_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * jmp_fleet_page_start:
 * @self: a page
 *
 * Presses the main button: asks where files would be lost, and begins the work; after it, tries those
 * again on which it failed.
 */
void
jmp_fleet_page_start (JmpFleetPage *self)
{
  const guint n = jmp_fleet_count_losing_files (self->fleet);

  if (jmp_fleet_get_state (self->fleet) == JMP_FLEET_DONE)
    jmp_fleet_retry (self->fleet);
  else if (n > 0 && jmp_fleet_get_state (self->fleet) == JMP_FLEET_CHOOSING)
    ask (self, n);
  else
    jmp_fleet_start (self->fleet, FALSE);
}

/* --- The object --- */

static void
jmp_fleet_page_dispose (GObject *object)
{
  JmpFleetPage *self = JMP_FLEET_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->versions_of);
  g_clear_object (&self->sorter);
  g_clear_object (&self->fleet);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_FLEET_PAGE);
  G_OBJECT_CLASS (jmp_fleet_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, head);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, icon);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, title);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, summary);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, firmware);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, newest_check);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, newest_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, release_check);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, release_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, file_check);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, file_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, address);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, mixed_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, install_box);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, install);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, reason);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, work);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, bar);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, left);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, results);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, again);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, jumper);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetPage, list);
}

static void
jmp_fleet_page_class_init (JmpFleetPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_fleet_page_dispose;
  g_type_ensure (JMP_TYPE_WRAP_BOX);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("fleet/fleet-page.ui"));
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_release_cb);
  gtk_widget_class_bind_template_callback (widget_class, address_cb);
}

static void
jmp_fleet_page_init (JmpFleetPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_tidy (GTK_WIDGET (self));
  let_wrap (GTK_BUTTON (self->again));
}

/* Of the results those come first that something has to be done about; before, all are in the order of the
 * list. */
static int
urgency (JmpFleetBoard *board)
{
  switch (jmp_fleet_board_get_state (board)) {
  case JMP_FLEET_BOARD_FAILED:
    return 0;
  case JMP_FLEET_BOARD_STOPPED:
    return 1;
  case JMP_FLEET_BOARD_OUT:
    return 2;
  case JMP_FLEET_BOARD_GETTING:
  case JMP_FLEET_BOARD_READY:
  case JMP_FLEET_BOARD_WORKING:
  case JMP_FLEET_BOARD_DONE:
    break;
  }
  return 3;
}

static int
compare_boards (gconstpointer a, gconstpointer b, gpointer user_data)
{
  if (jmp_fleet_get_state (user_data) != JMP_FLEET_DONE)
    return 0;
  return urgency ((gpointer)a) - urgency ((gpointer)b);
}

static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  return jmp_fleet_row_new (item);
}

/**
 * jmp_fleet_page_new:
 * @fleet: several boards
 *
 * Returns: (transfer floating): their page
 */
GtkWidget *
jmp_fleet_page_new (JmpFleet *fleet)
{
  JmpFleetPage *self = g_object_new (JMP_TYPE_FLEET_PAGE, NULL);
  g_autoptr (GtkSortListModel) sorted = NULL;

  self->fleet = g_object_ref (fleet);
  self->sorter = GTK_SORTER (
      gtk_custom_sorter_new (compare_boards, g_object_ref (fleet), g_object_unref));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (fleet)),
                                    g_object_ref (self->sorter));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (sorted), create_row_cb, NULL, NULL);
  g_signal_connect_object (fleet, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
