/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "application.h"

#include "device/monitor.h"
#include "device/practice.h"
#include "report.h"
#include "resource.h"
#include "window.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_PRACTICE "pyboard"

struct _JmpApplication {
  AdwApplication parent;

  /* Owned references */
  JmpUsbBus *bus;
  GError *usb_problem;
  JmpMonitor *monitor;

  /* Borrowed references */
  JmpWindow *window;
};

G_DEFINE_FINAL_TYPE (JmpApplication, jmp_application, ADW_TYPE_APPLICATION)

/* --- The window --- */

static void
present (JmpApplication *self)
{
  if (self->window == NULL) {
    GtkWidget *window = jmp_window_new (GTK_APPLICATION (self), self->monitor, self->usb_problem);

    g_set_weak_pointer (&self->window, JMP_WINDOW (window));
  }
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
jmp_application_activate (GApplication *app)
{
  present (JMP_APPLICATION (app));
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

static void
practice_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JmpApplication *self = user_data;
  g_autofree char *text = g_strconcat ("virtual:", g_variant_get_string (parameter, NULL), NULL);
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

static const GActionEntry ACTIONS[] = {
  { .name = "about", .activate = about_action },
  { .name = "practice", .activate = practice_action, .parameter_type = "s" },
  { .name = "quit", .activate = quit_action },
};

static const struct {
  const char *action;
  const char *accels[3];
} ACCELS[] = {
  { "app.quit", { "<Control>q" } },
  { "app.practice::" DEFAULT_PRACTICE, { "<Control><Shift>p" } },
  { "window.close", { "<Control>w" } },
  { "win.open", { "<Control>o" } },
  { "win.start", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.copy-report", { "<Control><Shift>c" } },
  { "win.connect", { "<Control>n" } },
  { "win.table", { "<Control>t" } },
  { "win.back", { "<Alt>Left" } },
  { "win.done", { "<Alt>Return" } },
  { "win.restart-practice", { "<Control><Shift>r" } },
  { "win.unplug-practice", { "<Control><Shift>u" } },
  { "win.remove-practice", { "<Control><Shift>d" } },
};

/* --- Life --- */

static void
jmp_application_startup (GApplication *app)
{
  JmpApplication *self = JMP_APPLICATION (app);

  G_APPLICATION_CLASS (jmp_application_parent_class)->startup (app);
  g_action_map_add_action_entries (G_ACTION_MAP (self), ACTIONS, G_N_ELEMENTS (ACTIONS), self);
  for (guint i = 0; i < G_N_ELEMENTS (ACCELS); i++)
    gtk_application_set_accels_for_action (
        GTK_APPLICATION (self), ACCELS[i].action, ACCELS[i].accels);
  gtk_window_set_default_icon_name (JMP_APP_ID);
  self->bus = jmp_usb_bus_new (&self->usb_problem);
  self->monitor = jmp_monitor_new (self->bus);
  jmp_monitor_start (self->monitor);
}

static void
jmp_application_shutdown (GApplication *app)
{
  JmpApplication *self = JMP_APPLICATION (app);

  jmp_monitor_stop (self->monitor);
  g_clear_object (&self->monitor);
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

/* Where another copy of the program runs already, the practice board appears there. */
static int
jmp_application_handle_local_options (GApplication *app, GVariantDict *options)
{
  const char *practice = NULL;
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version")) {
    g_print ("jumper %s\n", JMP_VERSION);
    return 0;
  }
  if (!g_variant_dict_lookup (options, "practice", "&s", &practice))
    return -1;
  if (!is_kind (practice)) {
    g_autofree char *kinds = g_strjoinv (", ", (char **)jmp_virtual_board_kinds ());

    g_printerr (_ ("There is no practice board “%s”; there are: %s\n"), practice, kinds);
    return 2;
  }
  if (!g_application_register (app, NULL, &error)) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  g_action_group_activate_action (
      G_ACTION_GROUP (app), "practice", g_variant_new_string (practice));
  return -1;
}

static void
jmp_application_finalize (GObject *object)
{
  JmpApplication *self = JMP_APPLICATION (object);

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
      .arg = G_OPTION_ARG_STRING,
      .description = N_ ("Start with a practice board; a pyboard without KIND"),
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
