"""A model of two layers with random weights and a tokenizer of its own, made in a second: real files for real engines.

It answers nonsense, at length: what is tested with it is the plumbing, and log-probabilities to four decimals.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

VOCABULARY = 2048
BOS, END, THINK, THOUGHT = "<|bos|>", "<|im_end|>", "<think>", "</think>"
SPECIAL = ["<|endoftext|>", BOS, "<|im_start|>", END]
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% if enable_thinking %}<think>\n{% endif %}{% endif %}"
)
SHAPE = {
    "vocab_size": VOCABULARY,
    "hidden_size": 128,
    "intermediate_size": 256,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 32,
    "max_position_embeddings": 2048,
    "tie_word_embeddings": True,
}


def tiny_model(folder: Path, architecture: str = "qwen3", *, bos: bool = False, ending: bool = False) -> Path:
    """Write a model of ``architecture`` ("qwen3" or "llama") into ``folder``.

    bos: its tokenizer puts a BOS in front of every text.
    ending: half of its tokens end an answer, so that it soon ends; otherwise it all but never does.
    """
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM, Qwen3Config, Qwen3ForCausalLM

    tokenizer = _tokenizer(bos=bos)
    ends = tokenizer.convert_tokens_to_ids(END)
    config: Any
    torch.manual_seed(0)
    if architecture == "qwen3":
        config = Qwen3Config(**SHAPE, bos_token_id=None, eos_token_id=ends)
        model: Any = Qwen3ForCausalLM(config)
    else:
        config = LlamaConfig(**SHAPE, bos_token_id=tokenizer.bos_token_id, eos_token_id=ends)
        model = LlamaForCausalLM(config)
    with torch.no_grad():
        for weights in model.parameters():  # far enough apart that tokens differ by whole nats
            if weights.dim() > 1:
                weights.normal_(0.0, 0.08)
        model.get_input_embeddings().weight[ends] = 0.0  # tied: an end is never the likeliest
    model.generation_config.eos_token_id = list(range(0, VOCABULARY, 2)) if ending else ends
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def as_gguf(folder: Path, file: Path) -> Path:
    """Write the Qwen3 of ``folder`` as llama.cpp reads it: the same weights, in float32."""
    import gguf
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model, tokenizer = AutoModelForCausalLM.from_pretrained(folder), AutoTokenizer.from_pretrained(folder)
    bpe = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]
    writer = gguf.GGUFWriter(file, "qwen3")
    writer.add_context_length(SHAPE["max_position_embeddings"])
    writer.add_embedding_length(SHAPE["hidden_size"])
    writer.add_block_count(SHAPE["num_hidden_layers"])
    writer.add_feed_forward_length(SHAPE["intermediate_size"])
    writer.add_head_count(SHAPE["num_attention_heads"])
    writer.add_head_count_kv(SHAPE["num_key_value_heads"])
    writer.add_key_length(SHAPE["head_dim"])
    writer.add_value_length(SHAPE["head_dim"])
    writer.add_layer_norm_rms_eps(model.config.rms_norm_eps)
    writer.add_rope_freq_base(model.config.rope_parameters["rope_theta"])
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    kinds = dict.fromkeys(SPECIAL, gguf.TokenType.CONTROL)
    kinds |= dict.fromkeys((THINK, THOUGHT), gguf.TokenType.USER_DEFINED)
    words = tokenizer.convert_ids_to_tokens(range(VOCABULARY))
    writer.add_token_list(words)
    writer.add_token_types([kinds.get(word, gguf.TokenType.NORMAL) for word in words])
    writer.add_token_merges([" ".join(pair) for pair in bpe["merges"]])
    writer.add_eos_token_id(tokenizer.eos_token_id)
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.QWEN3, SHAPE["num_hidden_layers"])
    for name, weights in model.state_dict().items():
        if name != "lm_head.weight":  # tied
            writer.add_tensor(names.get_name(name, try_suffixes=(".weight",)), weights.float().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return file


def _tokenizer(*, bos: bool) -> Any:
    """Byte-level BPE, trained on a few modules of the standard library; any text can be written in it."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    texts = [Path(str(module.__file__)).read_text("utf-8") for module in (json, json.decoder, __import__("argparse"))]
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY - 2,
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    bpe.train_from_iterator(texts, trainer)
    bpe.add_tokens([THINK, THOUGHT])  # not special, as in Qwen's: a parser sees them in the text
    if bos:
        bpe.post_processor = processors.TemplateProcessing(
            single=f"{BOS} $A", special_tokens=[(BOS, bpe.token_to_id(BOS))]
        )
    return PreTrainedTokenizerFast(
        tokenizer_object=bpe, bos_token=BOS, eos_token=END, pad_token=SPECIAL[0], chat_template=TEMPLATE
    )
