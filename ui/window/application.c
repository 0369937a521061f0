/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "window/application.h"

#include "base/error.h"
#include "board/running.h"
#include "device/monitor.h"
#include "device/practice.h"
#include "draw/resource.h"
#include "help/help-window.h"
#include "history/history-window.h"
#include "preferences/preferences-window.h"
#include "releases/open-library.h"
#include "session/report.h"
#include "welcome/welcome.h"
#include "window/accels.h"
#include "window/desktop.h"
#include "window/window.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_PRACTICE "pyboard"

/* From when boards that run their programs are known as such until they have been looked for. */
#define GREET_MS 700

struct _JmpApplication {
  AdwApplication parent;

  /* Owned references */
  JmpUsbBus *bus;
  GError *usb_problem;
  JmpMonitor *monitor;
  GCancellable *opening; /* of the library */
  JmpLibrary *library;
  JmpKnownBoards *known;

  /* Borrowed references */
  JmpWindow *window;
  GtkWindow *welcome; /* NULL when it is closed */
  GtkWindow *help;

  guint n_practice; /* how many practice boards there have been */
  gboolean opened;  /* whether the library was, or cannot be */
  gboolean greets;  /* the welcome is due, unless there is a board */
  guint greeting;   /* it waits for what is plugged in */
};

G_DEFINE_FINAL_TYPE (JmpApplication, jmp_application, ADW_TYPE_APPLICATION)

/* --- The welcome --- */

static void
show_welcome (JmpApplication *self)
{
  if (self->welcome == NULL)
    g_set_weak_pointer (&self->welcome, GTK_WINDOW (jmp_welcome_new (GTK_WINDOW (self->window))));
  gtk_window_present (self->welcome);
}

static gboolean
has_real_board (JmpApplication *self)
{
  GListModel *boards = G_LIST_MODEL (self->monitor);

  for (guint i = 0; i < g_list_model_get_n_items (boards); i++) {
    g_autoptr (JmpDevice) device = g_list_model_get_item (boards, i);

    if (!jmp_device_is_practice (device))
      return TRUE;
  }
  return FALSE;
}

/* Whose board is plugged in is shown that board, and not a tour before it; nor on another day. */
static gboolean
greet_cb (gpointer user_data)
{
  JmpApplication *self = user_data;

  if (jmp_monitor_is_looking (self->monitor))
    return G_SOURCE_CONTINUE;
  self->greeting = 0;
  if (self->window == NULL || !jmp_welcome_is_due ())
    return G_SOURCE_REMOVE;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->monitor)) == 0)
    show_welcome (self);
  else if (!has_real_board (self))
    return G_SOURCE_REMOVE;
  jmp_welcome_set_shown ();
  return G_SOURCE_REMOVE;
}

static void
greet (JmpApplication *self)
{
  if (!self->greets || !self->opened)
    return;
  self->greets = FALSE;
  if (self->greeting == 0)
    self->greeting = g_timeout_add (GREET_MS, greet_cb, self);
}

/* --- The window --- */

/* Without it, files can be installed all the same. */
static void
library_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  JmpLibrary *library = jmp_open_library_finish (result, &error);
  g_autoptr (JmpRunningIds) running = NULL;
  JmpApplication *self = user_data;

  if (jmp_error_is_cancelled (error))
    return;
  self->opened = TRUE;
  greet (self);
  if (library == NULL) {
    g_warning ("%s", error->message);
    return;
  }
  self->library = library;
  running = jmp_running_ids_from_catalogue (jmp_library_get_catalogue (library));
  jmp_monitor_set_running_ids (self->monitor, running);
  if (self->window != NULL)
    jmp_window_set_knowledge (self->window, self->library, self->known);
}

/* What the first frame can do without. */
static void
drawn_cb (JmpApplication *self)
{
  gtk_window_set_default_icon_name (JMP_APP_ID);
  if (self->opening != NULL)
    return;
  self->opening = g_cancellable_new ();
  jmp_open_library_async (self->opening, library_opened_cb, self);
}

static void
present (JmpApplication *self)
{
  if (self->window == NULL) {
    GtkWidget *window = jmp_window_new (GTK_APPLICATION (self), self->monitor, self->usb_problem);

    g_set_weak_pointer (&self->window, JMP_WINDOW (window));
    g_signal_connect_object (window, "drawn", G_CALLBACK (drawn_cb), self, G_CONNECT_SWAPPED);
    if (self->library != NULL)
      jmp_window_set_knowledge (self->window, self->library, self->known);
  }
  gtk_window_present (GTK_WINDOW (self->window));
}

/* Somebody who comes with a board to practise on, or with a file, has something else to do. */
static void
jmp_application_activate (GApplication *app)
{
  JmpApplication *self = JMP_APPLICATION (app);

  present (self);
  self->greets = jmp_welcome_is_due ();
  greet (self);
}

/* A board has one firmware at a time: of several files the last one counts. */
static void
jmp_application_open (GApplication *app, GFile **files, int n_files, const char *hint)
{
  JmpApplication *self = JMP_APPLICATION (app);

  present (self);
  jmp_window_open_file (self->window, files[n_files - 1]);
}

/* --- Actions --- */

static void
show_error (JmpApplication *self, const char *heading, const GError *error)
{
  g_autofree char *details = jmp_words_error_details (error);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self->window), heading, details);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
has_practice_board (JmpApplication *self, const char *path)
{
  GListModel *boards = G_LIST_MODEL (self->monitor);

  for (guint i = 0; i < g_list_model_get_n_items (boards); i++) {
    g_autoptr (JmpDevice) device = g_list_model_get_item (boards, i);

    if (g_str_equal (jmp_device_get_path (device), path))
      return TRUE;
  }
  return FALSE;
}

/* Practice boards of one kind are told apart by their serial numbers, as real ones are. */
static char *
make_selector (JmpApplication *self, const char *spec)
{
  g_autofree char *path = g_strconcat ("virtual:", spec, NULL);

  self->n_practice++;
  if (strchr (spec, ',') != NULL || !has_practice_board (self, path))
    return g_steal_pointer (&path);
  return g_strdup_printf ("%s,serial=PRACTICE%u", path, self->n_practice);
}

static void
practice_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JmpApplication *self = user_data;
  g_autofree char *text = make_selector (self, g_variant_get_string (parameter, NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDevice) device = jmp_practice_device_parse (text, &error);

  present (self);
  if (device == NULL) {
    show_error (self, _ ("The Practice Board Cannot Be Made"), error);
    return;
  }
  jmp_monitor_add (self->monitor, device);
  jmp_window_select (self->window, device);
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JmpApplication *self = user_data;

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  else
    g_application_quit (G_APPLICATION (self));
}

static void
welcome_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  present (user_data);
  show_welcome (user_data);
}

static void
help_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JmpApplication *self = user_data;

  present (self);
  if (self->help == NULL)
    g_set_weak_pointer (&self->help, GTK_WINDOW (jmp_help_window_new (GTK_WINDOW (self->window))));
  gtk_window_present (self->help);
}

static void
history_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JmpApplication *self = user_data;

  present (self);
  gtk_window_present (GTK_WINDOW (jmp_history_window_new (GTK_WINDOW (self->window), NULL)));
}

static char *
debug_info (void)
{
  g_autofree char *system = jmp_report_system ();

  return g_strdup_printf ("%sGTK: %u.%u.%u\nlibadwaita: %u.%u.%u\ndisplay: %s\n",
                          system,
                          gtk_get_major_version (),
                          gtk_get_minor_version (),
                          gtk_get_micro_version (),
                          adw_get_major_version (),
                          adw_get_minor_version (),
                          adw_get_micro_version (),
                          G_OBJECT_TYPE_NAME (gdk_display_get_default ()));
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JmpApplication *self = user_data;
  g_autofree char *debug = debug_info ();

  adw_show_about_window (GTK_WINDOW (self->window),
                         "application-name",
                         _ ("Jumper"),
                         "application-icon",
                         JMP_APP_ID,
                         "developer-name",
                         _ ("The Jumper developers"),
                         "version",
                         JMP_VERSION,
                         "comments",
                         _ ("Firmware updates for boards with a DfuSe boot loader"),
                         "license-type",
                         GTK_LICENSE_GPL_3_0,
                         "copyright",
                         "© 2026 The Jumper developers",
                         "debug-info",
                         debug,
                         "debug-info-filename",
                         "jumper-debug-info.txt",
                         /* Translators: your names, one on each line. */
                         "translator-credits",
                         _ ("translator-credits"),
                         NULL);
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JmpApplication *self = user_data;
  GtkWidget *window;

  present (self);
  window = jmp_preferences_window_new (self->library);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (window));
}

static const GActionEntry ACTIONS[] = {
  { .name = "about", .activate = about_action },
  { .name = "help", .activate = help_action },
  { .name = "history", .activate = history_action },
  { .name = "preferences", .activate = preferences_action },
  { .name = "practice", .activate = practice_action, .parameter_type = "s" },
  { .name = "quit", .activate = quit_action },
  { .name = "welcome", .activate = welcome_action },
};

/* --- Life --- */

static void
jmp_application_startup (GApplication *app)
{
  JmpApplication *self = JMP_APPLICATION (app);

  jmp_desktop_prepare_style ();
  G_APPLICATION_CLASS (jmp_application_parent_class)->startup (app);
  jmp_desktop_follow_style ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), ACTIONS, G_N_ELEMENTS (ACTIONS), self);
  jmp_accels_install (GTK_APPLICATION (self));
  self->bus = jmp_usb_bus_new (&self->usb_problem);
  self->monitor = jmp_monitor_new (self->bus);
  jmp_monitor_start (self->monitor);
  self->known = jmp_known_boards_new (NULL);
}

static void
jmp_application_shutdown (GApplication *app)
{
  JmpApplication *self = JMP_APPLICATION (app);

  g_clear_handle_id (&self->greeting, g_source_remove);
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  jmp_monitor_stop (self->monitor);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->library, jmp_library_unref);
  g_clear_pointer (&self->known, jmp_known_boards_unref);
  g_clear_pointer (&self->bus, jmp_usb_bus_unref);
  G_APPLICATION_CLASS (jmp_application_parent_class)->shutdown (app);
}

/* GOption cannot say that an option's value may be left out. */
static gboolean
jmp_application_local_command_line (GApplication *app, char ***arguments, int *status)
{
  char **args = *arguments;

  for (guint i = 1; args[i] != NULL && strcmp (args[i], "--") != 0; i++) {
    if (strcmp (args[i], "--practice") != 0)
      continue;
    g_free (args[i]);
    args[i] = g_strdup ("--practice=" DEFAULT_PRACTICE);
  }
  return G_APPLICATION_CLASS (jmp_application_parent_class)
      ->local_command_line (app, arguments, status);
}

static gboolean
is_kind (const char *spec)
{
  g_auto (GStrv) parts = g_strsplit (spec, ",", 2);

  return parts[0] != NULL && g_strv_contains (jmp_virtual_board_kinds (), parts[0]);
}

/* Returns: %FALSE, with a word about it, when there is one that does not exist */
static gboolean
check_kinds (const char *const *specs)
{
  for (guint i = 0; specs[i] != NULL; i++) {
    g_autofree char *kinds = NULL;

    if (is_kind (specs[i]))
      continue;
    kinds = g_strjoinv (", ", (char **)jmp_virtual_board_kinds ());
    g_printerr (_ ("There is no practice board “%s”; there are: %s\n"), specs[i], kinds);
    return FALSE;
  }
  return TRUE;
}

/* Where another copy of the program runs already, the practice boards appear there. */
static int
jmp_application_handle_local_options (GApplication *app, GVariantDict *options)
{
  g_autofree const char **practice = NULL;
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version")) {
    g_print ("jumper %s\n", JMP_VERSION);
    return 0;
  }
  if (!g_variant_dict_lookup (options, "practice", "^a&s", &practice))
    return -1;
  if (!check_kinds (practice))
    return 2;
  if (!g_application_register (app, NULL, &error)) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  for (guint i = 0; practice[i] != NULL; i++)
    g_action_group_activate_action (
        G_ACTION_GROUP (app), "practice", g_variant_new_string (practice[i]));
  return -1;
}

static void
jmp_application_finalize (GObject *object)
{
  JmpApplication *self = JMP_APPLICATION (object);

  g_clear_weak_pointer (&self->help);
  g_clear_weak_pointer (&self->welcome);
  g_clear_weak_pointer (&self->window);
  g_clear_error (&self->usb_problem);
  G_OBJECT_CLASS (jmp_application_parent_class)->finalize (object);
}

static void
jmp_application_class_init (JmpApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  jmp_resource_ensure ();
  G_OBJECT_CLASS (klass)->finalize = jmp_application_finalize;
  app_class->activate = jmp_application_activate;
  app_class->open = jmp_application_open;
  app_class->startup = jmp_application_startup;
  app_class->shutdown = jmp_application_shutdown;
  app_class->local_command_line = jmp_application_local_command_line;
  app_class->handle_local_options = jmp_application_handle_local_options;
}

static void
jmp_application_init (JmpApplication *self)
{
  const GOptionEntry options[] = {
    { .long_name = "practice",
      .arg = G_OPTION_ARG_STRING_ARRAY,
      .description = N_ ("Start with a practice board, a pyboard without KIND; again for one more"),
      .arg_description = N_ ("KIND") },
    { .long_name = "version", .arg = G_OPTION_ARG_NONE, .description = N_ ("Show the version") },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE]"));
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _ ("Updates the firmware of DfuSe boards."));
}

/**
 * jmp_application_new:
 *
 * Returns: (transfer full): the program
 */
JmpApplication *
jmp_application_new (void)
{
  return g_object_new (JMP_TYPE_APPLICATION,
                       "application-id",
                       JMP_APP_ID,
                       "flags",
                       G_APPLICATION_HANDLES_OPEN,
                       NULL);
}
