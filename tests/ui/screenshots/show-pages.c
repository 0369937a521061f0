/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Paints the pages of the window into PNG files: show-pages [OPTION…] FOLDER. Language, colours and
 * contrast are the environment's: see tools/screenshots. Exit status 1 when a page is not as large as it
 * was asked to be, when nothing is on it, or when GTK has something to say about it. */

#include "assert-text.h"

#include "config.h"
#include "studio.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

static int width = 1180;
static int height = 820;
static double text = 1;
static gboolean whole;
static char *only;
static char *locales;
static char **folders;

static const GOptionEntry ENTRIES[] = {
  { "width", 0, 0, G_OPTION_ARG_INT, &width, "of the window", "N" },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, "of the window", "N" },
  { "text", 0, 0, G_OPTION_ARG_DOUBLE, &text, "how large text is, 1 is usual", "N" },
  { "whole", 0, 0, G_OPTION_ARG_NONE, &whole, "also paint what is reached by scrolling", NULL },
  { "only", 0, 0, G_OPTION_ARG_STRING, &only, "pictures whose names begin so", "NAME" },
  { "locales", 0, 0, G_OPTION_ARG_FILENAME, &locales, "where the translations are", "FOLDER" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &folders, NULL, "FOLDER" },
  { NULL },
};

/* Two names may have one painter, which knows how to leave out what is not wanted. */
static void
paint (const Scene *scenes)
{
  for (const Scene *scene = scenes; scene->name != NULL; scene++) {
    gboolean again = FALSE;

    for (const Scene *other = scenes; other < scene; other++)
      again = again || (other->paint == scene->paint && studio_wants (other->name));
    if (!again && studio_wants (scene->name))
      scene->paint ();
  }
}

static gboolean
parse (int *argc, char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, ENTRIES, NULL);
  if (g_option_context_parse (context, argc, argv, &error) && folders != NULL)
    return TRUE;
  g_printerr ("show-pages: %s\n", error != NULL ? error->message : "no folder is named");
  return FALSE;
}

/* With so many classes, GLib's table of quarks grows past its first block, and GLib leaves that one behind on
 * purpose. What the widgets leave behind is seen in the tests of each. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "detect_leaks=0";
}

int
main (int argc, char *argv[])
{
  const Scene *const all[] = {
    BEGIN_SCENES, BOARD_SCENES, WORK_SCENES, FLEET_SCENES, OTHER_SCENES
  };

  setlocale (LC_ALL, "");
  if (!parse (&argc, &argv))
    return 2;
  if (locales != NULL)
    bindtextdomain (GETTEXT_PACKAGE, locales);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_mkdir_with_parents (folders[0], 0755);
  studio_open (&(StudioOptions){
      .folder = folders[0], .only = only, .width = width, .height = height, .whole = whole });
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int)(96 * 1024 * text), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    paint (all[i]);
  return studio_close () > 0;
}
