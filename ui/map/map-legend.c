/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "map/map-legend.h"

#include "map/map-box.h"
#include "map/map-flow.h"
#include "map/map-region.h"
#include "map/map-text.h"

#include <glib/gi18n-lib.h>

#define COLUMN_SPACING 24
#define ROW_SPACING    6

/* One entry for each state, one for each way of being out of reach, and one for what is kept. */
enum {
  READ_ONLY = JMP_MAP_STATE_N,
  UNREADABLE,
  PROTECTED,
  KEEPS,
  N_ENTRIES,
};

typedef struct {
  guint sectors;
  guint64 bytes;
} Sum;

typedef struct {
  GtkWidget *row;
  GtkLabel *label;
} Entry;

struct _JmpMapLegend {
  GtkWidget parent_instance;

  Entry entries[N_ENTRIES];
  /* What was highest since the work began, and at which width. */
  int width;
  int height;
};

G_DEFINE_FINAL_TYPE (JmpMapLegend, jmp_map_legend, GTK_TYPE_WIDGET)

static JmpAccess
access_of (guint entry)
{
  switch (entry) {
  case READ_ONLY:
    return JMP_ACCESS_READ;
  case UNREADABLE:
    return JMP_ACCESS_WRITE;
  case PROTECTED:
    return 0;
  default:
    return JMP_ACCESS_READ | JMP_ACCESS_WRITE;
  }
}

static const char *
words_of (guint entry)
{
  if (entry == KEEPS)
    return C_ ("sector", "bytes beside the firmware kept");
  return entry < JMP_MAP_STATE_N ? jmp_map_text_state ((JmpMapState)entry)
                                 : jmp_map_text_protection (access_of (entry));
}

static void
add_entry (JmpMapLegend *self, guint id)
{
  Entry *entry = &self->entries[id];
  GtkWidget *box = jmp_map_box_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (box, "swatch");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  jmp_map_box_set_state (JMP_MAP_BOX (box),
                         id < JMP_MAP_STATE_N ? (JmpMapState)id : JMP_MAP_IDLE,
                         id >= JMP_MAP_STATE_N && id != KEEPS);
  jmp_map_box_set_keeps (JMP_MAP_BOX (box), id == KEEPS);
  if (id < JMP_MAP_STATE_N && jmp_map_state_is_work ((JmpMapState)id))
    jmp_map_box_set_fraction (JMP_MAP_BOX (box), 0.5);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");

  entry->label = GTK_LABEL (label);
  entry->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_visible (entry->row, FALSE);
  /* All of the row is the label's, but not all of the legend the row's. */
  gtk_widget_set_hexpand (entry->row, FALSE);
  gtk_box_append (GTK_BOX (entry->row), box);
  gtk_box_append (GTK_BOX (entry->row), label);
  gtk_widget_set_parent (entry->row, GTK_WIDGET (self));
}

static void
jmp_map_legend_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (jmp_map_legend_parent_class)->dispose (object);
}

static void
jmp_map_legend_class_init (JmpMapLegendClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = jmp_map_legend_dispose;
  gtk_widget_class_set_css_name (widget_class, "maplegend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
jmp_map_legend_init (JmpMapLegend *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self),
                                 jmp_map_flow_new (COLUMN_SPACING, ROW_SPACING, FALSE));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  for (guint id = JMP_MAP_STATE_N - 1; id > JMP_MAP_IDLE; id--)
    add_entry (self, id);
  for (guint id = JMP_MAP_STATE_N; id < N_ENTRIES; id++)
    add_entry (self, id);
}

static void
add_to_sum (Sum *sum, const JmpMapSpan *span, guint sectors)
{
  sum->sectors += sectors;
  sum->bytes += (guint64)sectors * span->sector_size;
}

/* Sectors that were only grouped with those that the plan means count as not touched. */
static void
add_region (Sum *sums, JmpMapRegion *region)
{
  const JmpMapSpan *span = jmp_map_region_get_span (region);
  JmpMapState state = jmp_map_region_get_state (region);
  guint meant = span->touched > 0 && state != JMP_MAP_IDLE ? span->touched : span->count;

  add_to_sum (&sums[state], span, meant);
  add_to_sum (&sums[JMP_MAP_UNTOUCHED], span, span->count - meant);
  if (span->kept_bytes > 0)
    add_to_sum (&sums[KEEPS], span, span->touched);
  for (guint id = JMP_MAP_STATE_N; id < KEEPS; id++)
    if (jmp_map_text_protection (span->access) == words_of (id))
      add_to_sum (&sums[id], span, span->count);
}

/* While work goes on, entries come and go; what stands under the legend should not move each time. */
static void
hold_height (JmpMapLegend *self, gboolean steady)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget);
  int height = 0;

  gtk_widget_set_size_request (widget, -1, -1);
  if (!steady || width != self->width)
    self->height = 0;
  self->width = width;
  if (!steady || width == 0)
    return;
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  self->height = MAX (self->height, height);
  gtk_widget_set_size_request (widget, -1, self->height);
}

/**
 * jmp_map_legend_update:
 * @self: a legend
 * @regions: (element-type JmpMapRegion): what the map shows
 * @steady: whether work goes on, so that the legend should not become lower
 *
 * Counts what occurs and shows that.
 */
void
jmp_map_legend_update (JmpMapLegend *self, GListModel *regions, gboolean steady)
{
  Sum sums[N_ENTRIES] = { 0 };
  gboolean any = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (regions); i++) {
    g_autoptr (JmpMapRegion) region = g_list_model_get_item (regions, i);

    add_region (sums, region);
  }
  for (guint id = JMP_MAP_IDLE + 1; id < N_ENTRIES; id++) {
    gboolean occurs = sums[id].sectors > 0;

    if (occurs) {
      g_autofree char *text = jmp_map_text_legend (words_of (id), sums[id].sectors, sums[id].bytes);

      gtk_label_set_text (self->entries[id].label, text);
    }
    gtk_widget_set_visible (self->entries[id].row, occurs);
    any |= occurs;
  }
  gtk_widget_set_visible (GTK_WIDGET (self), any);
  hold_height (self, steady);
}
