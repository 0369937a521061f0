/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "config.h"
#include "studio.h"

#include "image/dfuse-file.h"
#include "picture.h"
#include "preferences/settings.h"
#include "window/application.h"

#include <string.h>

/* A quiet moment is one in which the main loop has nothing to do for that long. */
#define CALM_MS 80

/* The board's memory as MicroPython has it: sector 0, and from sector 5 on; its files between. */
#define FIRST_ADDRESS  0x08000000
#define FIRST_SIZE     15096
#define SECOND_ADDRESS 0x08020000
#define SECOND_SIZE    342180

static StudioOptions options;
static JmpApplication *app;
static JmpKnownBoards *known;
static guint n_problems;

static void G_GNUC_PRINTF (2, 3) problem (const char *name, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("%s: %s\n", name, text);
  n_problems++;
}

/* What GTK has to say about a page is wrong with the page. */
static GLogWriterOutput
log_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL)) != 0)
    n_problems++;
  return g_log_writer_default (level, fields, n_fields, user_data);
}

void
studio_open (const StudioOptions *wanted)
{
  g_autoptr (GError) error = NULL;

  options = *wanted;
  g_log_set_writer_func (log_cb, NULL, NULL);
  assert_int_equal (kit_make_folder (NULL), 0);
  app = jmp_application_new ();
  g_application_set_flags (G_APPLICATION (app), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (app), NULL, &error);
  assert_no_error (error);
  /* Every computer has another font; this one is GNOME's. */
  g_object_set (gtk_settings_get_default (),
                "gtk-font-name",
                "Cantarell 11",
                "gtk-enable-animations",
                FALSE,
                "gtk-xft-antialias",
                1,
                "gtk-xft-hinting",
                0,
                "gtk-xft-hintstyle",
                "hintnone",
                NULL);
  jmp_settings_set_boolean (JMP_SETTING_LOOK_BY_ITSELF, FALSE);
  known = jmp_known_boards_new (NULL);
}

/* How many problems there were. */
guint
studio_close (void)
{
  g_clear_pointer (&known, jmp_known_boards_unref);
  g_clear_object (&app);
  kit_remove_folder (NULL);
  return n_problems;
}

GtkApplication *
studio_get_app (void)
{
  return GTK_APPLICATION (app);
}

JmpLibrary *
studio_get_library (void)
{
  return kit_library ();
}

JmpKnownBoards *
studio_get_known (void)
{
  return known;
}

/* Whether one of the pictures whose names begin with @name is wanted. */
gboolean
studio_wants (const char *name)
{
  return options.only == NULL || g_str_has_prefix (name, options.only)
         || g_str_has_prefix (options.only, name);
}

/* --- Boards --- */

Studio *
studio_new (const GError *usb_problem)
{
  Studio *self = g_new0 (Studio, 1);

  self->monitor = jmp_monitor_new (NULL);
  self->kits = g_ptr_array_new_with_free_func ((GDestroyNotify)kit_board_free);
  self->widget = jmp_window_new (GTK_APPLICATION (app), self->monitor, usb_problem);
  g_set_weak_pointer (&self->window, JMP_WINDOW (self->widget));
  jmp_window_set_knowledge (self->window, kit_library (), known);
  studio_present (self->widget);
  return self;
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *)user_data == NULL;
}

void
studio_free (Studio *self)
{
  gtk_window_destroy (GTK_WINDOW (self->widget));
  kit_wait (is_gone, &self->window);
  studio_calm ();
  g_object_unref (self->monitor);
  g_ptr_array_unref (self->kits);
  g_free (self);
}

KitBoard *
studio_plug (Studio *self, const char *port, const char *spec)
{
  KitBoard *kit = kit_board_new_on (port, spec);

  g_ptr_array_add (self->kits, kit);
  studio_fill (kit, "1.26.1");
  jmp_monitor_add (self->monitor, kit->device);
  jmp_window_select (self->window, kit->device);
  studio_calm ();
  return kit;
}

/* The person has said so. */
void
studio_is_pyboard (Studio *self)
{
  JmpCatalogue *catalogue = jmp_library_get_catalogue (kit_library ());

  jmp_session_set_board (
      self->window->current, jmp_catalogue_find_board (catalogue, "PYBV11"), NULL);
  studio_calm ();
}

/* --- Firmware --- */

static GBytes *
make_program (gsize size, gboolean has_vectors, const char *version)
{
  const guint8 vectors[] = { 0x00, 0x00, 0x02, 0x20, 0x89, 0x01, 0x00, 0x08 };
  g_autofree char *name = g_strdup_printf (
      "MicroPython v%s on 2026-08-24; PYBv1.1 with STM32F405RG", version);
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8)(i * 7 + (i >> 8) + (guint8)version[3]);
  if (has_vectors)
    memcpy (data, vectors, sizeof vectors);
  else
    memcpy (data + 0x400, name, strlen (name) + 1);
  return g_bytes_new_take (data, size);
}

GFile *
studio_firmware (const char *name, const char *version)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (GBytes) first = make_program (FIRST_SIZE, TRUE, version);
  g_autoptr (GBytes) second = make_program (SECOND_SIZE, FALSE, version);
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;

  jmp_image_builder_set_ids (builder, 0x0483, 0xdf11, 0);
  assert_true (jmp_image_builder_add (builder, 0, FIRST_ADDRESS, first, NULL));
  assert_true (jmp_image_builder_add (builder, 0, SECOND_ADDRESS, second, NULL));
  image = jmp_image_builder_end (g_steal_pointer (&builder), &error);
  assert_no_error (error);
  file = jmp_dfuse_file_write (image, &error);
  assert_no_error (error);
  return kit_file (name, g_bytes_get_data (file, NULL), g_bytes_get_size (file));
}

static void
poke (KitBoard *kit, guint32 address, GBytes *bytes)
{
  assert_true (jmp_virtual_board_poke (
      kit->board, 0, address, g_bytes_get_data (bytes, NULL), (guint32)g_bytes_get_size (bytes)));
}

/* The board has firmware of that version on it. */
void
studio_fill (KitBoard *kit, const char *version)
{
  g_autoptr (GBytes) first = make_program (FIRST_SIZE, TRUE, version);
  g_autoptr (GBytes) second = make_program (SECOND_SIZE, FALSE, version);

  poke (kit, FIRST_ADDRESS, first);
  poke (kit, SECOND_ADDRESS, second);
}

void
studio_open_firmware (Studio *self, JmpSessionState state)
{
  g_autoptr (GFile) file = studio_firmware ("PYBV11-20260824-v1.29.0.dfu", "1.29.0");

  jmp_window_open_file (self->window, file);
  kit_wait_for_state (self->window->current, state);
  studio_calm ();
}

void
studio_act (Studio *self, const char *action)
{
  if (!gtk_widget_activate_action (self->widget, action, NULL))
    fail_msg ("%s cannot be done", action);
  studio_calm ();
}

/* --- Pictures --- */

/* The widget of that type after @skip others that can be seen, depth first; %NULL: there is none. */
static GtkWidget *
find (GtkWidget *widget, GType type, guint *skip)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && (*skip)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type, skip);

    if (found != NULL)
      return found;
  }
  return NULL;
}

GtkWidget *
studio_find (GtkWidget *root, GType type, guint skip)
{
  return find (root, type, &skip);
}

static gboolean
late_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* What is on its way arrives. */
void
studio_calm (void)
{
  gboolean late = FALSE;

  g_timeout_add (CALM_MS, late_cb, &late);
  while (!late)
    g_main_context_iteration (NULL, TRUE);
  kit_settle ();
}

/* The borders that a window has only when it is shown count, too. */
static void
resize (GtkWidget *window, int width, int height)
{
  int default_width, default_height;

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  studio_calm ();
  gtk_window_get_default_size (GTK_WINDOW (window), &default_width, &default_height);
  if (gtk_widget_get_width (window) < width)
    default_width += width - gtk_widget_get_width (window);
  if (gtk_widget_get_height (window) < height)
    default_height += height - gtk_widget_get_height (window);
  gtk_window_set_default_size (GTK_WINDOW (window), default_width, default_height);
  studio_calm ();
}

/* Never larger than asked for, and the program's window just as large. */
void
studio_present (GtkWidget *window)
{
  const gboolean is_main = JMP_IS_WINDOW (window);
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  width = is_main ? options.width : MIN (width, options.width);
  height = is_main ? options.height : MIN (height, options.height);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  studio_calm ();
}

static void
save (const char *name, GtkWidget *window)
{
  g_autoptr (GdkTexture) texture = picture_of (window);
  g_autofree char *path = g_strdup_printf ("%s/%s.png", options.folder, name);

  if (picture_is_blank (texture))
    problem (name, "nothing is on it");
  if (!gdk_texture_save_to_png (texture, path))
    problem (name, "%s could not be written", path);
}

/* How much is out of sight in what scrolls. */
static int
count_hidden (GtkWidget *widget)
{
  int most = 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  if (GTK_IS_SCROLLED_WINDOW (widget)) {
    GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget));

    most = (int)(gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment));
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    most = MAX (most, count_hidden (child));
  return most;
}

static void
save_whole (const char *name, GtkWidget *window, int width, int height)
{
  const int hidden = count_hidden (window);
  g_autofree char *whole = g_strconcat (name, "+", NULL);

  if (hidden <= 0 || GTK_IS_POPOVER (window))
    return;
  resize (window, width, height + hidden);
  save (whole, window);
  resize (window, width, height);
}

void
studio_take (const char *name, GtkWidget *window)
{
  int width, height;

  if (options.only != NULL && !g_str_has_prefix (name, options.only))
    return;
  studio_calm ();
  if (JMP_IS_WINDOW (window) && gtk_widget_get_width (window) != options.width)
    resize (window, options.width, options.height);
  width = gtk_widget_get_width (window);
  height = gtk_widget_get_height (window);
  /* GTK's own window of shortcuts is made for those who have a keyboard, and a screen. */
  if (JMP_IS_WINDOW (window) ? width != options.width || height != options.height
                             : !GTK_IS_SHORTCUTS_WINDOW (window) && width > options.width)
    problem (name, "is %d x %d, not %d x %d", width, height, options.width, options.height);
  save (name, window);
  if (options.whole)
    save_whole (name, window, width, height);
}

/* For a window that is there only for its picture. */
void
studio_show_and_take (const char *name, GtkWidget *window)
{
  gpointer alive = window;

  g_object_add_weak_pointer (G_OBJECT (window), &alive);
  studio_present (window);
  studio_take (name, window);
  gtk_window_destroy (GTK_WINDOW (window));
  kit_wait (is_gone, &alive);
}
