/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "map/memory-map.h"

#include "map/map-flow.h"
#include "map/map-legend.h"
#include "map/map-resource.h"
#include "map/map-strip.h"
#include "map/map-table.h"
#include "map/map-walk.h"
#include "words/words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define STRIP_SPACING     15
#define STRIP_ROW_SPACING 15
/* Strips of up to this many sectors stand side by side: option bytes and the like. */
#define SMALL_STRIP 4

struct _JmpMemoryMap {
  GtkWidget parent_instance;

  JmpDfuInfo *info;
  GArray *names;
  JmpPlan *plan;
  JmpPlan *look;
  gboolean has_progress;
  JmpProgress progress;
  gboolean has_outcome;
  JmpOutcome outcome;
  GListStore *regions;
  JmpMapView view;

  GtkWidget *header;
  GtkWidget *views;
  GtkStack *stack;
  GtkWidget *strips;
  JmpMapTable *table;
  JmpMapLegend *legend;
};

G_DEFINE_FINAL_TYPE (JmpMemoryMap, jmp_memory_map, GTK_TYPE_WIDGET)

enum {
  PROP_VIEW = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

GType
jmp_map_view_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type)) {
    static const GEnumValue values[] = {
      { JMP_MAP_VIEW_MAP, "JMP_MAP_VIEW_MAP", "map" },
      { JMP_MAP_VIEW_TABLE, "JMP_MAP_VIEW_TABLE", "table" },
      { 0, NULL, NULL },
    };

    g_once_init_leave (&type, g_enum_register_static ("JmpMapView", values));
  }
  return (GType)type;
}

static void
clear_name (gpointer name)
{
  g_free ((char *)((JmpMapName *)name)->name);
}

static void
show_page (JmpMemoryMap *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->regions)) > 0;
  const char *page = self->view == JMP_MAP_VIEW_TABLE ? "table" : "map";

  gtk_stack_set_visible_child_name (self->stack, any ? page : "nothing");
  gtk_widget_set_visible (self->views, any);
  gtk_widget_set_visible (GTK_WIDGET (self->stack), self->info != NULL);
}

/* The name of a memory, and how large it is. */
static GtkWidget *
new_heading (const JmpDfuAlt *alt)
{
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (alt->name);
  g_autofree char *size = jmp_words_size (jmp_layout_get_size (alt->layout));
  GtkWidget *about = gtk_label_new (size);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (name, "caption-heading");
  gtk_widget_add_css_class (about, "caption");
  gtk_widget_add_css_class (about, "dim-label");
  gtk_box_append (GTK_BOX (heading), name);
  gtk_box_append (GTK_BOX (heading), about);
  return heading;
}

static void
add_strip (JmpMemoryMap *self, const JmpDfuAlt *alt)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *strip = jmp_map_strip_new (G_LIST_MODEL (self->regions), alt->alt);
  g_autofree char *label = jmp_words_alt (alt);

  gtk_accessible_update_property (GTK_ACCESSIBLE (strip), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (GTK_BOX (box), new_heading (alt));
  gtk_box_append (GTK_BOX (box), strip);
  gtk_widget_set_hexpand (box, jmp_layout_get_n_sectors (alt->layout) > SMALL_STRIP);
  gtk_widget_set_parent (box, self->strips);
}

/* The alt settings that have a strip. Where a boot loader shows one memory under several numbers,
 * that is one strip. */
static gboolean
has_strip (JmpMemoryMap *self, guint index)
{
  const JmpDfuAlt *alt = g_ptr_array_index (self->info->alts, index);
  gboolean twin = index > 0 && (self->info->quirks.flags & JMP_QUIRK_ONE_ALT) != 0;

  return !twin && alt->layout != NULL && jmp_layout_get_n_sectors (alt->layout) > 0;
}

/* The spans of all strips, one strip behind the other. */
static GArray *
make_spans (JmpMemoryMap *self)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (JmpMapSpan));
  JmpMapSpanInput input = { 0 };

  if (self->plan != NULL)
    input.sectors = jmp_plan_get_sectors (self->plan, &input.n_sectors);
  input.names = (const JmpMapName *)(gpointer)self->names->data;
  input.n_names = self->names->len;
  for (guint i = 0; self->info != NULL && i < self->info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (self->info->alts, i);
    g_autoptr (GArray) spans = NULL;

    if (!has_strip (self, i))
      continue;
    input.alt = alt->alt;
    input.layout = alt->layout;
    spans = jmp_map_spans_new (&input);
    g_array_append_vals (all, spans->data, spans->len);
  }
  return all;
}

static JmpMapRegion *
new_region (JmpMemoryMap *self, const JmpMapSpan *span)
{
  const JmpDfuAlt *alt = jmp_dfu_info_find_alt (self->info, span->alt);
  const JmpMapName *name = span->name >= 0 ? &g_array_index (self->names, JmpMapName, span->name)
                                           : NULL;

  return jmp_map_region_new (span,
                             alt != NULL ? alt->name : "",
                             name != NULL ? name->name : NULL,
                             name != NULL && name->own_files);
}

static void
replace_regions (JmpMemoryMap *self, GArray *spans)
{
  g_autoptr (GPtrArray) regions = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *child;
  guint n_strips = 0;

  for (guint i = 0; i < spans->len; i++)
    g_ptr_array_add (regions, new_region (self, &g_array_index (spans, JmpMapSpan, i)));
  g_list_store_splice (self->regions,
                       0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->regions)),
                       regions->pdata,
                       regions->len);

  while ((child = gtk_widget_get_first_child (self->strips)) != NULL)
    gtk_widget_unparent (child);
  for (guint i = 0; self->info != NULL && i < self->info->alts->len; i++)
    if (has_strip (self, i)) {
      add_strip (self, g_ptr_array_index (self->info->alts, i));
      n_strips++;
    }
  jmp_map_table_show_memory (self->table, n_strips > 1);
  show_page (self);
}

/* A plan that keeps the boxes as they are keeps the widgets too, and with them the focus. */
static gboolean
take_over_spans (JmpMemoryMap *self, GArray *spans)
{
  GListModel *model = G_LIST_MODEL (self->regions);

  if (g_list_model_get_n_items (model) != spans->len)
    return FALSE;
  for (guint i = 0; i < spans->len; i++) {
    g_autoptr (JmpMapRegion) region = g_list_model_get_item (model, i);

    if (!jmp_map_span_same_place (jmp_map_region_get_span (region),
                                  &g_array_index (spans, JmpMapSpan, i)))
      return FALSE;
  }
  for (guint i = 0; i < spans->len; i++) {
    g_autoptr (JmpMapRegion) region = g_list_model_get_item (model, i);

    jmp_map_region_set_span (region, &g_array_index (spans, JmpMapSpan, i));
  }
  return TRUE;
}

/* Brings every region up to date; the legend only when a state is another one, which is seldom. */
static void
update_states (JmpMemoryMap *self, gboolean always)
{
  JmpMapWork work = {
    .planned = self->plan != NULL,
    .progress = self->has_progress ? &self->progress : NULL,
    .outcome = self->has_outcome ? &self->outcome : NULL,
    .file = self->look != NULL ? self->look : self->plan,
  };
  gboolean changed = always;

  if (self->plan != NULL)
    work.steps = jmp_plan_get_steps (self->plan, &work.n_steps);
  if (self->look != NULL)
    work.look = jmp_plan_get_steps (self->look, &work.n_look);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->regions)); i++) {
    g_autoptr (JmpMapRegion) region = g_list_model_get_item (G_LIST_MODEL (self->regions), i);

    changed |= jmp_map_region_update (region, &work);
  }
  if (changed)
    jmp_map_legend_update (
        self->legend, G_LIST_MODEL (self->regions), self->has_progress && !self->has_outcome);
}

static void
rebuild (JmpMemoryMap *self, gboolean from_scratch)
{
  g_autoptr (GArray) spans = make_spans (self);

  if (from_scratch || !take_over_spans (self, spans))
    replace_regions (self, spans);
  update_states (self, TRUE);
}

static void
forget_work (JmpMemoryMap *self)
{
  g_clear_pointer (&self->plan, jmp_plan_unref);
  g_clear_pointer (&self->look, jmp_plan_unref);
  self->has_progress = FALSE;
  self->has_outcome = FALSE;
}

static void
set_names (JmpMemoryMap *self, const JmpMapName *names, guint n_names)
{
  g_array_set_size (self->names, 0);
  for (guint i = 0; i < n_names; i++) {
    JmpMapName copy = names[i];

    copy.name = g_strdup (names[i].name);
    g_array_append_val (self->names, copy);
  }
}

static void
contrast_changed_cb (AdwStyleManager *manager, GParamSpec *pspec, GtkWidget *self)
{
  if (adw_style_manager_get_high_contrast (manager))
    gtk_widget_add_css_class (self, "high-contrast");
  else
    gtk_widget_remove_css_class (self, "high-contrast");
}

static void
region_above (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jmp_map_walk (JMP_MEMORY_MAP (widget)->strips, -1);
}

static void
region_below (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jmp_map_walk (JMP_MEMORY_MAP (widget)->strips, 1);
}

static void
jmp_memory_map_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_VIEW:
    g_value_set_enum (value, JMP_MEMORY_MAP (object)->view);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
jmp_memory_map_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_VIEW:
    jmp_memory_map_set_view (JMP_MEMORY_MAP (object), g_value_get_enum (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
jmp_memory_map_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JMP_TYPE_MEMORY_MAP);
  G_OBJECT_CLASS (jmp_memory_map_parent_class)->dispose (object);
}

static void
jmp_memory_map_finalize (GObject *object)
{
  JmpMemoryMap *self = JMP_MEMORY_MAP (object);

  forget_work (self);
  g_clear_pointer (&self->info, jmp_dfu_info_unref);
  g_clear_pointer (&self->names, g_array_unref);
  g_clear_object (&self->regions);
  G_OBJECT_CLASS (jmp_memory_map_parent_class)->finalize (object);
}

static void
add_key (GtkWidgetClass *class, guint key, guint keypad_key, const char *action)
{
  gtk_widget_class_add_binding_action (class, key, 0, action, NULL);
  gtk_widget_class_add_binding_action (class, keypad_key, 0, action, NULL);
}

static void
jmp_memory_map_class_init (JmpMemoryMapClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = jmp_memory_map_get_property;
  object_class->set_property = jmp_memory_map_set_property;
  object_class->dispose = jmp_memory_map_dispose;
  object_class->finalize = jmp_memory_map_finalize;
  props[PROP_VIEW] = g_param_spec_enum ("view",
                                        NULL,
                                        NULL,
                                        JMP_TYPE_MAP_VIEW,
                                        JMP_MAP_VIEW_MAP,
                                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                            | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (JMP_TYPE_MAP_TABLE);
  g_type_ensure (JMP_TYPE_MAP_LEGEND);
  gtk_widget_class_set_css_name (widget_class, "memorymap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_MAP_RESOURCE "/memory-map.ui");
  gtk_widget_class_bind_template_child (widget_class, JmpMemoryMap, header);
  gtk_widget_class_bind_template_child (widget_class, JmpMemoryMap, views);
  gtk_widget_class_bind_template_child (widget_class, JmpMemoryMap, stack);
  gtk_widget_class_bind_template_child (widget_class, JmpMemoryMap, strips);
  gtk_widget_class_bind_template_child (widget_class, JmpMemoryMap, table);
  gtk_widget_class_bind_template_child (widget_class, JmpMemoryMap, legend);

  gtk_widget_class_install_property_action (widget_class, "map.view", "view");
  gtk_widget_class_install_action (widget_class, "map.region-above", NULL, region_above);
  gtk_widget_class_install_action (widget_class, "map.region-below", NULL, region_below);
  add_key (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, "map.region-above");
  add_key (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, "map.region-below");
}

static void
jmp_memory_map_init (JmpMemoryMap *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->names = g_array_new (FALSE, FALSE, sizeof (JmpMapName));
  g_array_set_clear_func (self->names, clear_name);
  self->regions = g_list_store_new (JMP_TYPE_MAP_REGION);

  jmp_map_resource_add_to_display (gtk_widget_get_display (GTK_WIDGET (self)));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Memory"), -1);
  gtk_widget_set_layout_manager (self->strips,
                                 jmp_map_flow_new (STRIP_SPACING, STRIP_ROW_SPACING, FALSE));
  jmp_map_table_set_regions (self->table, G_LIST_MODEL (self->regions));
  g_signal_connect_object (
      manager, "notify::high-contrast", G_CALLBACK (contrast_changed_cb), self, 0);
  contrast_changed_cb (manager, NULL, GTK_WIDGET (self));
  show_page (self);
}

/**
 * jmp_memory_map_new:
 *
 * Makes a map of no board.
 *
 * Returns: (transfer floating): the map
 */
GtkWidget *
jmp_memory_map_new (void)
{
  return g_object_new (JMP_TYPE_MEMORY_MAP, NULL);
}

/**
 * jmp_memory_map_set_info:
 * @self: a map
 * @info: (nullable): what the board says about itself
 *
 * Sets the board; names and work of the board before are forgotten.
 */
void
jmp_memory_map_set_info (JmpMemoryMap *self, JmpDfuInfo *info)
{
  jmp_memory_map_set_board (self, info, NULL, 0);
}

/**
 * jmp_memory_map_set_board:
 * @self: a map
 * @info: (nullable): what the board says about itself
 * @names: (array length=n_names) (nullable): what parts of the board's memory are called
 * @n_names: how many
 *
 * Sets the board and the names at once, for which the map is drawn up once; names and work of the board
 * before are forgotten.
 */
void
jmp_memory_map_set_board (JmpMemoryMap *self,
                          JmpDfuInfo *info,
                          const JmpMapName *names,
                          guint n_names)
{
  g_return_if_fail (JMP_IS_MEMORY_MAP (self));

  if (info != NULL)
    jmp_dfu_info_ref (info);
  g_clear_pointer (&self->info, jmp_dfu_info_unref);
  self->info = info;
  forget_work (self);
  set_names (self, names, n_names);
  rebuild (self, TRUE);
}

/**
 * jmp_memory_map_set_names:
 * @self: a map
 * @names: (array length=n_names): what parts of the board's memory are called
 * @n_names: how many
 *
 * Sets the names that stand over the regions.
 */
void
jmp_memory_map_set_names (JmpMemoryMap *self, const JmpMapName *names, guint n_names)
{
  g_return_if_fail (JMP_IS_MEMORY_MAP (self));
  set_names (self, names, n_names);
  rebuild (self, TRUE);
}

/**
 * jmp_memory_map_set_plan:
 * @self: a map
 * @plan: (nullable): what would be done to the board
 *
 * Shows what would happen to each sector.
 */
void
jmp_memory_map_set_plan (JmpMemoryMap *self, JmpPlan *plan)
{
  g_return_if_fail (JMP_IS_MEMORY_MAP (self));
  if (plan != NULL)
    jmp_plan_ref (plan);
  forget_work (self);
  self->plan = plan;
  rebuild (self, FALSE);
}

/**
 * jmp_memory_map_set_look:
 * @self: a map
 * @look: (nullable): how the board is looked at before anything is done
 *
 * Lets the map show how far a comparison is. Belongs to the plan: another one forgets it.
 */
void
jmp_memory_map_set_look (JmpMemoryMap *self, JmpPlan *look)
{
  g_return_if_fail (JMP_IS_MEMORY_MAP (self));

  if (look != NULL)
    jmp_plan_ref (look);
  g_clear_pointer (&self->look, jmp_plan_unref);
  self->look = look;
  update_states (self, FALSE);
}

/**
 * jmp_memory_map_set_progress:
 * @self: a map
 * @progress: how far the plan is
 *
 * Shows what is happening. Progress that comes after the outcome is late, and ignored.
 */
void
jmp_memory_map_set_progress (JmpMemoryMap *self, const JmpProgress *progress)
{
  g_return_if_fail (JMP_IS_MEMORY_MAP (self));
  g_return_if_fail (progress != NULL);

  if (self->has_outcome)
    return;
  self->progress = *progress;
  self->has_progress = TRUE;
  update_states (self, FALSE);
}

/**
 * jmp_memory_map_set_outcome:
 * @self: a map
 * @outcome: (nullable): what came of the plan
 *
 * Shows what was verified, what was kept, where a difference is, and what a failure left behind.
 */
void
jmp_memory_map_set_outcome (JmpMemoryMap *self, const JmpOutcome *outcome)
{
  g_return_if_fail (JMP_IS_MEMORY_MAP (self));

  self->has_outcome = outcome != NULL;
  if (outcome != NULL) {
    self->outcome = *outcome;
    /* What was read is not the map's, and neither are names of files. */
    self->outcome.read = NULL;
    self->outcome.recovery_file = NULL;
    self->outcome.recovery_aside = NULL;
    self->outcome.recovery_problem = NULL;
  }
  update_states (self, TRUE);
}

/**
 * jmp_memory_map_clear_work:
 * @self: a map
 *
 * Forgets plan, progress and outcome: shows the board as it is.
 */
void
jmp_memory_map_clear_work (JmpMemoryMap *self)
{
  jmp_memory_map_set_plan (self, NULL);
}

/**
 * jmp_memory_map_get_view:
 * @self: a map
 *
 * Returns: whether it is shown as a map or as a table
 */
JmpMapView
jmp_memory_map_get_view (JmpMemoryMap *self)
{
  g_return_val_if_fail (JMP_IS_MEMORY_MAP (self), JMP_MAP_VIEW_MAP);
  return self->view;
}

/**
 * jmp_memory_map_set_view:
 * @self: a map
 * @view: how to show it
 *
 * Shows it as a map or as a table.
 */
void
jmp_memory_map_set_view (JmpMemoryMap *self, JmpMapView view)
{
  g_return_if_fail (JMP_IS_MEMORY_MAP (self));

  if (self->view == view)
    return;
  self->view = view;
  show_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VIEW]);
}
