/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-resource.h"

#include "map-gresource.h"

/**
 * jmp_map_resource_add_to_display:
 * @display: a display
 *
 * Makes the map look as it should on a display; does nothing the second time.
 */
void
jmp_map_resource_add_to_display (GdkDisplay *display)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  /* The call also makes the linker take the resource out of the static library. */
  g_return_if_fail (jmp_map_get_resource () != NULL);
  if (g_object_get_data (G_OBJECT (display), JMP_MAP_RESOURCE) != NULL)
    return;

  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, JMP_MAP_RESOURCE "/map.css");
  gtk_style_context_add_provider_for_display (
      display, GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    JMP_MAP_RESOURCE "/icons");
  g_object_set_data (G_OBJECT (display), JMP_MAP_RESOURCE, GINT_TO_POINTER (TRUE));
}
