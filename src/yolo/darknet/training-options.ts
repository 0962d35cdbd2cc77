import type { LayerKind } from './cfg-layers.ts';

const anyLayer = 'burnin_update dont_update learning_rate onlyforward stopbackward train_only_bn wait_stream';
const losses =
  'absolute beta_nms bias_match class_scale classfix cls_normalizer coord_scale counters_per_class delta_normalizer focal_loss ' +
  'ignore_thresh iou_loss iou_normalizer iou_thresh iou_thresh_kind jitter label_smooth_eps log max max_delta nms_kind noobject_scale ' +
  'obj_normalizer object_scale objectness_smooth random rescore resize show_details thresh truth_thresh';

/** Options that count for training alone, or for where the work is done: the network computes the same without them. */
const byKind: Partial<Record<LayerKind, string>> = {
  net:
    'adam adversarial_lr angle aspect attention B1 B2 batch blur burn_in contrastive contrastive_color contrastive_jit_flip ' +
    'cutmix decay dynamic_minibatch ema_alpha eps equidistant_point exposure flip gamma gaussian_noise gradient_clip hue init_delay ' +
    'label_smooth_eps learning_rate learning_rate_min loss_scale max_batches max_chart_loss max_crop max_delta min_crop mixup ' +
    'momentum mosaic mosaic_bound num_sigmas_reject_badlabels num_steps_mixup optimized_memory policy power random resize_step ' +
    'saturation scale scales seq_scales sequential_subdivisions sgdr_cycle sgdr_mult step steps subdivisions ' +
    'time_steps track try_fix_nan unsupervised use_cuda_graph workspace_size_limit_MB badlabels_reject_threshold badlabels_rejection_percentage',
  dropout: 'probability dropblock dropblock_size_rel dropblock_size_abs',
  yolo: losses,
  region: losses,
};

const sets: ReadonlyMap<LayerKind, ReadonlySet<string>> = new Map(
  (Object.keys(byKind) as LayerKind[]).map((kind) => [kind, new Set([...anyLayer.split(' '), ...(byKind[kind] ?? '').split(' ')])]),
);
const forAny: ReadonlySet<string> = new Set(anyLayer.split(' '));

/** Whether an option may be passed over when a network is built to detect. */
export function isTrainingOption(kind: LayerKind, name: string): boolean {
  return (sets.get(kind) ?? forAny).has(name);
}
